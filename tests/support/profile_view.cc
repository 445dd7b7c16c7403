#include "tests/support/profile_view.h"

#include <zlib.h>

#include <fstream>
#include <set>
#include <sstream>

#include "profile.pb.h"

namespace bench_profiler {
namespace {

// Returns false if `bytes` is no gzip stream.
bool Gunzip(const std::string& bytes, std::string* result) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream = {};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int status = Z_OK;
  while (status == Z_OK) {
    char buffer[65536];
    stream.next_out = reinterpret_cast<Bytef*>(buffer);
    stream.avail_out = sizeof(buffer);
    status = inflate(&stream, Z_NO_FLUSH);
    result->append(buffer, sizeof(buffer) - stream.avail_out);
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END;
}

// The rules of Profile.CheckValid in google/pprof's profile/profile.go, and
// that every index into the string table is inside it. "" if all hold.
std::string Check(const proto::Profile& profile) {
  if (profile.string_table_size() == 0 || !profile.string_table(0).empty()) {
    return "string_table[0] is not empty";
  }
  const auto in_table = [&](int64_t index) {
    return index >= 0 && index < profile.string_table_size();
  };
  std::set<uint64_t> mappings;
  for (const auto& mapping : profile.mapping()) {
    if (mapping.id() == 0 || !mappings.insert(mapping.id()).second ||
        !in_table(mapping.filename()) || !in_table(mapping.build_id())) {
      return "a bad mapping";
    }
  }
  std::set<uint64_t> functions;
  for (const auto& function : profile.function()) {
    if (function.id() == 0 || !functions.insert(function.id()).second ||
        !in_table(function.name()) || !in_table(function.system_name()) ||
        !in_table(function.filename())) {
      return "a bad function";
    }
  }
  std::set<uint64_t> locations;
  for (const auto& location : profile.location()) {
    if (location.id() == 0 || !locations.insert(location.id()).second ||
        (location.mapping_id() != 0 &&
         mappings.count(location.mapping_id()) == 0)) {
      return "a bad location";
    }
    for (const auto& line : location.line()) {
      if (functions.count(line.function_id()) == 0) return "a bad line";
    }
  }
  for (const auto& sample : profile.sample()) {
    if (sample.value_size() != profile.sample_type_size()) {
      return "a sample with another number of values than types";
    }
    for (const uint64_t location : sample.location_id()) {
      if (locations.count(location) == 0) return "a sample without location";
    }
    for (const auto& label : sample.label()) {
      if (!in_table(label.key()) || !in_table(label.str())) {
        return "a bad label";
      }
    }
  }
  return "";
}

SampleView ViewOf(const proto::Profile& profile, const proto::Sample& sample) {
  const auto text = [&](int64_t index) {
    return profile.string_table(static_cast<int>(index));
  };
  SampleView view;
  for (const uint64_t id : sample.location_id()) {
    // Ids are the positions, from 1: so this project writes them.
    const auto& location = profile.location(static_cast<int>(id) - 1);
    for (const auto& line : location.line()) {
      const auto& function =
          profile.function(static_cast<int>(line.function_id()) - 1);
      view.functions.push_back(text(function.name()));
      view.symbols.push_back(text(function.system_name()));
    }
    if (location.line_size() == 0) {
      view.functions.push_back("?");
      view.symbols.push_back("?");
    }
  }
  for (const auto& label : sample.label()) {
    view.labels[text(label.key())] =
        label.str() != 0 ? text(label.str()) : std::to_string(label.num());
  }
  view.values.assign(sample.value().begin(), sample.value().end());
  return view;
}

}  // namespace

bool SampleView::Has(const std::string& part) const {
  for (const std::string& function : functions) {
    if (function.find(part) != std::string::npos) return true;
  }
  return false;
}

std::string SampleView::Label(const std::string& key) const {
  const auto found = labels.find(key);
  return found == labels.end() ? "" : found->second;
}

int64_t ProfileView::Sum(const std::string& type, const Filter& filter) const {
  size_t index = 0;
  while (index < types.size() && types[index].find(type + "/") != 0) ++index;
  int64_t sum = 0;
  for (const SampleView& sample : samples) {
    if (filter == nullptr || filter(sample)) sum += sample.values.at(index);
  }
  return sum;
}

bool ProfileView::HasComment(const std::string& part) const {
  for (const std::string& comment : comments) {
    if (comment.find(part) != std::string::npos) return true;
  }
  return false;
}

ProfileView ReadProfile(const std::string& path) {
  ProfileView view;
  std::ifstream file(path, std::ios::binary);
  std::stringstream compressed;
  compressed << file.rdbuf();
  std::string bytes;
  proto::Profile profile;
  if (!file || !Gunzip(compressed.str(), &bytes)) {
    view.problem = path + " is no gzip file";
  } else if (!profile.ParseFromString(bytes)) {
    view.problem = path + " is no profile";
  } else {
    view.problem = Check(profile);
  }
  view.valid = view.problem.empty();
  if (!view.valid) return view;
  const auto text = [&](int64_t index) {
    return profile.string_table(static_cast<int>(index));
  };
  view.time_nanos = profile.time_nanos();
  view.duration_nanos = profile.duration_nanos();
  view.default_type = text(profile.default_sample_type());
  for (const auto& type : profile.sample_type()) {
    view.types.push_back(text(type.type()) + "/" + text(type.unit()));
  }
  for (const auto& sample : profile.sample()) {
    view.samples.push_back(ViewOf(profile, sample));
  }
  for (const int64_t comment : profile.comment()) {
    view.comments.push_back(text(comment));
  }
  return view;
}

}  // namespace bench_profiler
