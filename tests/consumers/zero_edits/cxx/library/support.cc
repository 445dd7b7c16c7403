#include "support.h"

double HotFunction(int count) {
  double sum = 0;
  for (int i = 1; i <= count; ++i) sum += 1.0 / i;
  return sum;
}
