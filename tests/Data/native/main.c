/* Runs some of the functions of points.c, as an argument asks. */
int diamond3(int x);
int cases4(int v);

int main(int argc, char **argv) { return argc > 1 && argv[1][0] == 'd' ? diamond3(argc + 3) & 0 : cases4(1) - 10; }
