#include "tests/stack/single_step.h"

#include <signal.h>

namespace bench_profiler {
namespace {

volatile bool stepping = false;
void (*step_callback)(const ucontext_t&) = nullptr;

void OnTrap(int, siginfo_t*, void* handler_context) {
  constexpr greg_t kTrapFlag = 0x100;  // Intel SDM volume 1, 3.4.3.3
  auto* context = static_cast<ucontext_t*>(handler_context);
  greg_t& flags = context->uc_mcontext.gregs[REG_EFL];
  if (stepping) {
    step_callback(*context);
    flags |= kTrapFlag;
  } else {
    flags &= ~kTrapFlag;
  }
}

}  // namespace

void SingleStep(void (*body)(), void (*on_step)(const ucontext_t& context)) {
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = OnTrap;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGTRAP, &action, &before);
  step_callback = on_step;
  stepping = true;
  raise(SIGTRAP);
  body();
  stepping = false;
  raise(SIGTRAP);
  sigaction(SIGTRAP, &before, nullptr);
}

void StepSignalHandler() { raise(SIGTRAP); }

}  // namespace bench_profiler
