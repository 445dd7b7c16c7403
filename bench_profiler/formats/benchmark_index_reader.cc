#include "bench_profiler/formats/benchmark_index_reader.h"

#include <sys/stat.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

// That of a million runs has half as much.
constexpr int64_t kMaxFileSize = int64_t{1} << 29;

// The fields of an object. The first one that is not as expected is noted as
// the error, and stays what it was.
class Fields {
 public:
  // `path` leads to the object, as "benchmarks[3]." does.
  Fields(const Json& json, std::string path, std::string* error)
      : json_(json), path_(std::move(path)), error_(error) {
    if (!json.is_object()) {
      if (!path_.empty()) path_.pop_back();  // its '.'
      Expect("", "an object");
    }
  }

  const Json& json() const { return json_; }
  bool failed() const { return !error_->empty(); }

  void Text(const char* name, std::string* value) {
    const Json* field = Find(name, "a text");
    if (field == nullptr) return;
    if (!field->is_string()) return Expect(name, "a text");
    *value = field->get<std::string>();
  }

  void Flag(const char* name, bool* value) {
    const Json* field = Find(name, "true or false");
    if (field == nullptr) return;
    if (!field->is_boolean()) return Expect(name, "true or false");
    *value = field->get<bool>();
  }

  template <class Integer>
  void Count(const char* name, Integer* value) {
    const Json* field = Find(name, "a count");
    if (field == nullptr) return;
    // It may be too large for 64 bits with a sign.
    if (!field->is_number_integer() || !field->is_number_unsigned() ||
        field->get<uint64_t>() >
            static_cast<uint64_t>(std::numeric_limits<Integer>::max())) {
      return Expect(name, "a count");
    }
    *value = field->get<Integer>();
  }

  void Number(const char* name, double* value) {
    const Json* field = Find(name, "a number");
    if (field != nullptr) NumberIn(*field, name, value);
  }

  void NumberIn(const Json& field, const std::string& name, double* value) {
    if (!field.is_number() || !std::isfinite(field.get<double>()) ||
        field.get<double>() < 0) {
      return Expect(name, "a number that is not negative");
    }
    *value = field.get<double>();
  }

  // What is null stays as it was.
  template <class Member, class Value>
  void OrNull(Member read, const char* name, Value* value) {
    const auto field = json_.find(name);
    if (field == json_.end() || !field->is_null()) (this->*read)(name, value);
  }

  // The elements of an array, which all have to be objects.
  template <class Visitor>
  void ForEach(const char* name, Visitor&& visit) {
    const Json* array = Find(name, "an array");
    if (array == nullptr) return;
    if (!array->is_array()) return Expect(name, "an array");
    for (size_t i = 0; i < array->size() && !failed(); ++i) {
      Fields element((*array)[i], path_ + name + "[" + std::to_string(i) + "].",
                     error_);
      if (!failed()) visit(&element);
    }
  }

  void Expect(const std::string& name, const std::string& what) {
    Fail(name, what + " is expected");
  }

  void Fail(const std::string& name, const std::string& problem) {
    if (failed()) return;
    const std::string where = path_ + name;
    *error_ = (where.empty() ? "" : where + ": ") + problem;
  }

  // The object in the field.
  Fields Object(const char* name) {
    static const Json none = Json::object();
    const Json* object = Find(name, "an object");
    return {object == nullptr ? none : *object, path_ + name + ".", error_};
  }

 private:
  // Null if it is missing, or after an error.
  const Json* Find(const char* name, const char* what) {
    if (failed()) return nullptr;
    const auto found = json_.find(name);
    if (found != json_.end()) return &*found;
    Fail(name, std::string("missing; ") + what + " is expected");
    return nullptr;
  }

  const Json& json_;
  std::string path_;
  std::string* error_;
};

void ReadContext(Fields* fields, RunContext* context) {
  const std::pair<const char*, std::string*> texts[] = {
      {"command", &context->command},       {"host", &context->host},
      {"cpu_model", &context->cpu_model},   {"governor", &context->governor},
      {"compiler", &context->compiler},     {"git", &context->git},
      {"build_type", &context->build_type},
  };
  for (const auto& [name, text] : texts) {
    fields->OrNull(&Fields::Text, name, text);
  }
  fields->OrNull(&Fields::Count<int64_t>, "cpus", &context->cpus);
  fields->OrNull(&Fields::Number, "mhz", &context->mhz);
  if (fields->failed()) return;
  const auto load = fields->json().find("load");
  if (load == fields->json().end() || !(load->is_null() || load->is_array())) {
    return fields->Expect("load", "an array of numbers");
  }
  for (const Json& average : *load) {
    context->load.push_back(0);
    fields->NumberIn(average, "load", &context->load.back());
  }
}

void ReadRun(Fields* fields, RunSummary* run) {
  const auto count = &Fields::Count<int64_t>;
  fields->Count("repetition", &run->repetition);
  fields->Count("samples", &run->samples);
  const std::pair<const char*, int64_t*> counts[] = {
      {"start_nanos", &run->start_nanos}, {"iterations", &run->iterations},
      {"allocs", &run->allocs},           {"bytes", &run->bytes},
      {"contentions", &run->contentions}, {"delay", &run->delay},
  };
  for (const auto& [name, value] : counts) fields->OrNull(count, name, value);
  fields->OrNull(&Fields::Number, "cpu_seconds", &run->cpu_seconds);
  fields->OrNull(&Fields::Number, "real_seconds", &run->real_seconds);
}

// What an entry has beyond the fixed fields: what it is, as "test": true, and
// values per operation, as "delay/op": 1000.
void ReadFurther(Fields* fields, IndexEntry* entry) {
  entry->label = "benchmark";
  for (const auto& [name, value] : fields->json().items()) {
    if (value.is_boolean() && value.get<bool>() && name != "complete")
      entry->label = name;
    const std::string end = "/op";
    if (name.size() <= end.size() ||
        name.compare(name.size() - end.size(), end.size(), end) != 0) {
      continue;
    }
    entry->per_operation.emplace_back(name, 0);
    fields->NumberIn(value, name, &entry->per_operation.back().second);
  }
}

void ReadEntry(Fields* fields, int64_t format, IndexEntry* entry) {
  fields->Text("name", &entry->name);
  fields->OrNull(&Fields::Text, "file", &entry->file);
  entry->hooked = !entry->file.empty();
  if (entry->hooked && !IsProfileName(entry->file)) {
    fields->Expect("file", "the plain name of a .prof file");
  }
  fields->Flag("complete", &entry->complete);
  fields->Count("iterations", &entry->iterations);
  fields->Count("repetitions", &entry->repetitions);
  fields->Count("threads", &entry->threads);
  fields->OrNull(&Fields::Number, "cpu_seconds", &entry->cpu_seconds);
  fields->OrNull(&Fields::Number, "real_seconds", &entry->real_seconds);
  fields->Count("samples", &entry->samples);
  fields->OrNull(&Fields::Number, "profiled_cpu_seconds",
                 &entry->profiled_cpu_seconds);
  if (fields->failed()) return;
  ReadFurther(fields, entry);
  if (format < 2) return;
  fields->ForEach("runs", [entry](Fields* run) {
    entry->runs.emplace_back();
    ReadRun(run, &entry->runs.back());
  });
}

void ReadIndex(Fields* fields, BenchmarkIndex* index) {
  int64_t format = 0;
  fields->Count("format", &format);
  if (format < 1 || format > 2) {
    return fields->Fail("format", "only 1 and 2 are known");
  }
  fields->Text("kind", &index->kind);
  fields->Text("profile", &index->profile);
  const std::string& name = index->profile;
  if (name.empty() || name == "." || name == ".." ||
      name.find('/') != std::string::npos ||
      name.find('\0') != std::string::npos) {
    fields->Expect("profile", "the plain name of a file");
  }
  fields->Count("rate", &index->rate);
  fields->Count("period", &index->period);
  if (format >= 2) {
    fields->Flag("benchmem", &index->benchmem);
    Fields context = fields->Object("context");
    ReadContext(&context, &index->context);
  }
  fields->ForEach("benchmarks", [&](Fields* entry) {
    index->benchmarks.emplace_back();
    ReadEntry(entry, format, &index->benchmarks.back());
  });
}

// Returns the error, or "".
std::string ReadText(const std::string& path, std::string* text) {
  struct stat status;  // if it were a pipe, reading might never end
  if (stat(path.c_str(), &status) != 0) return std::strerror(errno);
  if (!S_ISREG(status.st_mode)) return "is no regular file";
  if (status.st_size > kMaxFileSize) return "is too large for an index";
  std::ifstream file(path);
  if (!file) return std::strerror(errno);
  text->assign(std::istreambuf_iterator<char>(file), {});
  return file.bad() ? "cannot be read" : "";
}

std::string ReadFile(const std::string& path, BenchmarkIndex* index) {
  std::string text;
  std::string error = ReadText(path, &text);
  if (!error.empty()) return error;
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& problem) {
    return "is no valid JSON at byte " + std::to_string(problem.byte);
  } catch (const Json::exception&) {
    return "is no valid JSON";  // a number that no double can have
  }
  Fields fields(json, "", &error);
  if (error.empty()) ReadIndex(&fields, index);
  return error;
}

}  // namespace

bool ReadBenchmarkIndex(const std::string& folder, BenchmarkIndex* index,
                        std::string* error) {
  const std::string path = folder + "/index.json";
  BenchmarkIndex read;
  const std::string problem = ReadFile(path, &read);
  if (problem.empty()) {
    *index = std::move(read);
  } else {
    *error = path + ": " + problem;
  }
  return problem.empty();
}

}  // namespace bench_profiler
