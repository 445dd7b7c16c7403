// Links neither framework.
int main(void) { return 0; }
