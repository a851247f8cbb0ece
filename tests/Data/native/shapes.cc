#include "shapes.h"
#include <cstdio>
#include <vector>

namespace geometry {
struct Square {
  int side;
  int area() const { return side * side; }
};
}

static int
halved(int x)
{
  if (x > 5)
    return limit(x, 7);
  return x / 2;
}

int unused(int x) { return x * 2; }

int main(int argc, char **argv) {
  std::vector<int> sizes;
  sizes.push_back(argc);
  geometry::Square square{sizes[0]};
  printf("%d %f\n", halved(square.area()), limit(1.5, 1.0));
  return 0;
}
