#pragma once

// Before a function: one copy of it, and of all loops it calls, for processors with AVX2 and one for the others, chosen
// when the program starts. The sanitizers do not survive that choice, so their builds, and Clang's, which are built for
// them alone, have the plain copy only.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define SHOUYUE_VECTOR_CLONES __attribute__((target_clones("avx2", "default"), flatten))
#else
#define SHOUYUE_VECTOR_CLONES
#endif
