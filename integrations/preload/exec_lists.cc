// The exec functions that take arguments one by one. Those of libc would not
// call our execv, execvp and execve (exec_hooks.h); these do.
#include <alloca.h>
#include <unistd.h>

#include <cstdarg>
#include <cstddef>

namespace {

// Returns the size of an array of `first` and the arguments that follow it,
// including the null pointer at its end.
size_t Size(const char* first, va_list rest) {
  va_list copy;
  va_copy(copy, rest);
  size_t count = 1;
  for (const char* at = first; at != nullptr; ++count) {
    at = va_arg(copy, const char*);
  }
  va_end(copy);
  return count * sizeof(char*);
}

// Makes this array in `memory`. Leaves `rest` behind the null pointer.
char** Collect(const char* first, va_list* rest, void* memory) {
  char** const argv = static_cast<char**>(memory);
  size_t count = 0;
  for (const char* at = first; at != nullptr; at = va_arg(*rest, const char*)) {
    argv[count++] = const_cast<char*>(at);
  }
  argv[count] = nullptr;
  return argv;
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int execl(const char* path,
                                                 const char* argument, ...) {
  va_list rest;
  va_start(rest, argument);
  char** argv = Collect(argument, &rest, alloca(Size(argument, rest)));
  va_end(rest);
  return execv(path, argv);
}

__attribute__((visibility("default"))) int execlp(const char* file,
                                                  const char* argument, ...) {
  va_list rest;
  va_start(rest, argument);
  char** argv = Collect(argument, &rest, alloca(Size(argument, rest)));
  va_end(rest);
  return execvp(file, argv);
}

__attribute__((visibility("default"))) int execle(const char* path,
                                                  const char* argument, ...) {
  va_list rest;
  va_start(rest, argument);
  char** argv = Collect(argument, &rest, alloca(Size(argument, rest)));
  char* const* environment = va_arg(rest, char* const*);
  va_end(rest);
  return execve(path, argv, environment);
}

}  // extern "C"
