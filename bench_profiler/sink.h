// Where a profile is written to: a path, a stream, a FILE* or a function.
//
//   profile->WriteTo("mem.pprof");                  // a path
//   profile->WriteTo(std::cout);                    // a std::ostream&
//   profile->WriteTo(stdout);                       // a FILE*
//   profile->WriteTo([&](const char* bytes, size_t size) {
//     return socket.Send(bytes, size);              // false ends the writing
//   });
//
// A file that is given by its path appears whole or not at all, and missing
// folders above it are made. If a stream or a function throws, this is caught
// and becomes the Error of the function that writes the profile; the stream or
// function is not called again then. A stream, a FILE*, and what a function
// refers to must live until the profile is written. For StartCpuProfile this is
// in StopCpuProfile, in the thread that calls it.
#ifndef BENCH_PROFILER_SINK_H_
#define BENCH_PROFILER_SINK_H_

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <exception>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "bench_profiler/error.h"

namespace bench_profiler {
namespace pprof {
namespace internal {

// What is passed to the library, as plain data. The functions are not in a
// static table, since static data of a template would keep libraries that
// include this from being closed (STB_GNU_UNIQUE).
struct PlainSink {
  const char* path = nullptr;  // if it is not null, all others are null
  void* sink = nullptr;
  bool (*write)(void* sink, const char* bytes, size_t size) = nullptr;
  bool (*finish)(void* sink) = nullptr;  // after the last byte
  // Says why one of these functions returned false.
  const char* (*problem)(void* sink) = nullptr;
  void (*destroy)(void* sink) = nullptr;
};

// Catches exceptions, so that none passes through the library.
template <class Writer>
class GuardedSink {
 public:
  template <class... Arguments>
  explicit GuardedSink(Arguments&&... arguments)
      : writer_(std::forward<Arguments>(arguments)...) {}

  PlainSink Plain() {
    return {nullptr, this, &Write, &Finish, &Problem, &Destroy};
  }

 private:
  static GuardedSink* Self(void* sink) {
    return static_cast<GuardedSink*>(sink);
  }
  static bool Write(void* sink, const char* bytes, size_t size) {
    return Self(sink)->Try(
        [&](Writer& writer) { return writer.Write(bytes, size); });
  }
  static bool Finish(void* sink) {
    return Self(sink)->Try([](Writer& writer) { return writer.Finish(); });
  }
  static const char* Problem(void* sink) {
    return Self(sink)->problem_.message();
  }
  static void Destroy(void* sink) { delete Self(sink); }

  template <class Step>
  bool Try(Step&& step) {
#if defined(__cpp_exceptions)
    try {
      problem_ = step(writer_);
    } catch (const std::exception& exception) {
      problem_ =
          Error::Format("cannot write the profile: %s", exception.what());
    } catch (...) {
      problem_ = Error::Format("cannot write the profile: the sink threw");
    }
#else
    problem_ = step(writer_);
#endif
    return !problem_;
  }

  Writer writer_;
  Error problem_;
};

class FileWriter {
 public:
  explicit FileWriter(std::FILE* file) : file_(file) {}
  Error Write(const char* bytes, size_t size) {
    return std::fwrite(bytes, 1, size, file_) == size ? Error() : Failure();
  }
  Error Finish() { return std::fflush(file_) == 0 ? Error() : Failure(); }

 private:
  static Error Failure() {
    return Error::Format("cannot write the profile: %s", std::strerror(errno));
  }
  std::FILE* file_;
};

class StreamWriter {
 public:
  explicit StreamWriter(std::ostream& stream) : stream_(stream) {}
  Error Write(const char* bytes, size_t size) {
    stream_.write(bytes, static_cast<std::streamsize>(size));
    return State();
  }
  Error Finish() {
    stream_.flush();
    return State();
  }

 private:
  Error State() {
    return stream_.good()
               ? Error()
               : Error::Format("cannot write the profile: the stream failed");
  }
  std::ostream& stream_;
};

template <class Function>
class FunctionWriter {
 public:
  explicit FunctionWriter(Function function) : function_(std::move(function)) {}
  Error Write(const char* bytes, size_t size) {
    return function_(bytes, size)
               ? Error()
               : Error::Format(
                     "cannot write the profile: the sink took no more");
  }
  Error Finish() { return Error(); }

 private:
  Function function_;
};

template <class Text>
inline constexpr bool kIsPath =
    std::is_convertible_v<const Text&, std::string> ||
    std::is_convertible_v<const Text&, std::string_view>;

template <class Function>
inline constexpr bool kIsFunction =
    std::is_invocable_r_v<bool, std::decay_t<Function>&, const char*, size_t>;

}  // namespace internal

// Converts implicitly from all that a profile can be written to.
class Sink {
 public:
  // A path: a std::string, a std::filesystem::path, ...
  template <class Path, std::enable_if_t<internal::kIsPath<Path>, int> = 0>
  Sink(const Path& path)  // NOLINT(google-explicit-constructor)
      : path_(path), is_path_(true) {}

  Sink(const char* path)  // NOLINT(google-explicit-constructor)
      : path_(path != nullptr ? path : ""), is_path_(true) {}

  Sink(std::FILE* file)  // NOLINT(google-explicit-constructor)
      : Sink(new internal::GuardedSink<internal::FileWriter>(file)) {}

  Sink(std::ostream& stream)  // NOLINT(google-explicit-constructor)
      : Sink(new internal::GuardedSink<internal::StreamWriter>(stream)) {}

  template <class Function,
            std::enable_if_t<internal::kIsFunction<Function>, int> = 0>
  Sink(Function&& function)  // NOLINT(google-explicit-constructor)
      : Sink(new internal::GuardedSink<
             internal::FunctionWriter<std::decay_t<Function>>>(
            std::forward<Function>(function))) {}

  Sink(Sink&& other) noexcept
      : path_(std::move(other.path_)),
        is_path_(other.is_path_),
        plain_(std::exchange(other.plain_, internal::PlainSink())) {}
  Sink& operator=(Sink&&) = delete;
  ~Sink() {
    if (plain_.sink != nullptr) plain_.destroy(plain_.sink);
  }

  internal::PlainSink Plain() const {
    internal::PlainSink plain = plain_;
    if (is_path_) plain.path = path_.c_str();
    return plain;
  }
  // Leaves it to the library to destroy what Plain() has returned.
  void Release() { plain_ = internal::PlainSink(); }

 private:
  template <class Writer>
  explicit Sink(internal::GuardedSink<Writer>* sink) : plain_(sink->Plain()) {}

  std::string path_;
  bool is_path_ = false;
  internal::PlainSink plain_;
};

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SINK_H_
