/* Functions whose edges anyone can count. At -O0 and level edge clang makes as many points as the name says. */
int total;

int straight1(int x) { return x + 1; }

int diamond3(int x) {
  if (x > 3) total = straight1(x);
  else total = 2;
  return total;
}

int loop3(int n) {
  for (int i = 0; i < n; i++) total += i;
  return total;
}

int cases4(int v) {
  switch (v) {
    case 1: return 10;
    case 300: return 20;
    default: return 0;
  }
}

int start1(void) { return diamond3(total) + loop3(total) + cases4(total); }
