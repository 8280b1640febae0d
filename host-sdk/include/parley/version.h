/*
 * Version of the Parley contract, and the policy that it is kept by.
 *
 * POLICY
 *
 * 1. What is released keeps its name, layout, meaning, threading and nullability. A change of meaning gets a new
 *    name: a new function at the end of its table, or a new table ("parley.entities/2") beside the old one.
 * 2. Compatible means: the majors are equal, and the host's minor is at least the minor that the plugin needs
 *    (parley_entry_point::needs_minor). Nobody decides by a build hash, a product version or a compiler's name.
 * 3. Every struct but the frozen value types (parley_str, parley_ref, parley_http_header) begins with `uint32_t size`,
 *    which its writer sets to the sizeof that it was compiled with. A reader uses a member only where PARLEY_HAS says
 *    that it fits, so smaller (older) and larger (newer) structs both work. Structs grow at their end only.
 * 4. No growable struct lies by value in another. An array of structs comes with its element size.
 * 5. Reserved members are zero; padding is always written out. Layouts are pinned for 64-bit data models (LP64, LLP64).
 * 6. Integers in place of enum and bool. A flag that a reader does not know is ignored; for a value that it does not
 *    know each list of constants says what it means.
 * 7. Tables under parley/ext/draft/ carry "draft" in their id and may change or go with any minor version.
 * 8. Until 1.0 the major is 0 and a minor version may break; hosts and plugins of major 0 need equal minors.
 *
 * The rules of calling (who owns what, threads, errors, locks) are in docs/contract.md and in each comment.
 */
#ifndef PARLEY_VERSION_H
#define PARLEY_VERSION_H

#include <stdint.h>

#define PARLEY_ABI_MAJOR 0u
#define PARLEY_ABI_MINOR 1u

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Says whether a host of one version can carry a plugin of another (policy 2 and 8).
 * Parameters: the host's major and minor; the plugin's major, and the minor that it needs at least.
 * Result: 1 where they fit, else 0. [thread-safe], does not block. Since 0.1.
 */
static inline uint32_t parley_versions_fit(uint32_t host_major, uint32_t host_minor, uint32_t plugin_major,
                                           uint32_t needs_minor) {
  if (host_major != plugin_major) {
    return 0u;
  }
  return host_major == 0u ? (host_minor == needs_minor ? 1u : 0u) : (host_minor >= needs_minor ? 1u : 0u);
}

#ifdef __cplusplus
}
#endif

#endif
