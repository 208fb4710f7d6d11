/// What every implementation of a server's ports does: users, keys, audit, idempotency, memory.
@NullMarked
package dev.fettle.testkit.contract;

import org.jspecify.annotations.NullMarked;
