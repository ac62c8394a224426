// Settings of AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer, linked into every program of a
// sanitised build (the preset asan), so that the programs behave alike under ctest, under mpirun and by hand.

// A library that is unloaded at exit leaves blocks that nobody points at any more, with stacks that can no
// longer be named: Open MPI's plugins would drown our own leaks. Nothing is unloaded here.
extern "C" int dlclose(void* /*library*/) { return 0; }

// The names below are the sanitizers' own.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)

// What the libraries below us never give back. A leak of ours has none of these in its stack.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libmpi.so\n"
         "leak:libopen-pal.so\n"
         "leak:libopen-rte.so\n"
         "leak:libpmix.so\n"
         "leak:libhwloc.so\n"
         "leak:libevent\n"
         "leak:mca_\n"
         "leak:vasprintf\n"  // called by Open MPI, whose frame the unwinder loses; we format with fmt
         "leak:libpetsc\n"
         "leak:libslepc\n";
}

extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
extern "C" const char* __asan_default_options() {
  return "detect_stack_use_after_return=1:strict_string_checks=1";
}
extern "C" const char* __ubsan_default_options() { return "print_stacktrace=1:halt_on_error=1"; }

// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)
