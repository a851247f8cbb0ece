/* What clang's callbacks lead to where no runtime is linked. */
void __sanitizer_cov_trace_pc(void) {}
void __sanitizer_cov_trace_pc_guard(unsigned *guard) { (void)guard; }
void __sanitizer_cov_trace_pc_guard_init(unsigned *start, unsigned *stop) { (void)start; (void)stop; }
void __sanitizer_cov_8bit_counters_init(char *start, char *stop) { (void)start; (void)stop; }
void __sanitizer_cov_pcs_init(const unsigned long *start, const unsigned long *stop) { (void)start; (void)stop; }
