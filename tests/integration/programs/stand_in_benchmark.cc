// The one function by which a Google Benchmark is recognised, for libraries of
// other versions and other kinds than the one that is installed.
namespace benchmark {
class State {
 public:
  void StartKeepRunning();
};
void State::StartKeepRunning() {}
}  // namespace benchmark
