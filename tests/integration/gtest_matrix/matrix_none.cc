// No framework is linked, though the headers of both may be there.
int main() {}
