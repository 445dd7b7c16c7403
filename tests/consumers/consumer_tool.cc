// A program without a framework. Its work is in consumer_tool_work.cc, which
// may be in a shared library.
int RunTool();

int main() { return RunTool(); }
