// Stands in for vmlinux where only symbols and a build id are asked for:
//   gcc -O1 -nostdlib -static -mcmodel=kernel -fno-pie -no-pie -fcf-protection=none -Wl,-Ttext=0xffffffff81000000,--build-id=0xBUILDID,-e,_text -o vmlinux.small small.c
__attribute__((noipa)) void __sanitizer_cov_trace_pc(void) { __asm__ volatile("" ::: "memory"); }
int place;
void _text(void) { __sanitizer_cov_trace_pc(); place = 1; }
