// All profiles that Lookup can find: the built-in ones and the program's own.
#ifndef BENCH_PROFILER_PPROF_PROFILE_REGISTRY_H_
#define BENCH_PROFILER_PPROF_PROFILE_REGISTRY_H_

#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/error.h"
#include "bench_profiler/pprof.h"

namespace bench_profiler {

class TableProfile;

// Each pprof::Profile is in fact one of these. They are never destroyed.
class RegisteredProfile : public pprof::Profile {
 public:
  explicit RegisteredProfile(const char* profile_name) : name_(profile_name) {}
  RegisteredProfile(const RegisteredProfile&) = delete;
  RegisteredProfile& operator=(const RegisteredProfile&) = delete;

  // Null if the program made it.
  virtual TableProfile* AsTable() { return nullptr; }
  virtual const char* description() const { return ""; }
  virtual int64_t CountNow() = 0;
  virtual Error Write(const pprof::internal::PlainSink& sink, int debug) = 0;
  virtual Error AddStack(const void* value, const StackView& stack);
  virtual void RemoveValue(const void* /*value*/) {}

  const char* registered_name() const { return name_; }
  RegisteredProfile* next = nullptr;  // in the list, which is sorted by name

 protected:
  ~RegisteredProfile() = default;

 private:
  const char* const name_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_PROFILE_REGISTRY_H_
