// An enabled program that links no framework.
#include "spin.h"

int main() { SpinFor(0.2); }
