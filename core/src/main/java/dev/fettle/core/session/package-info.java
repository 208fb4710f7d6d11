/// The append-only event log of a conversation, and everything folded from it.
@NullMarked
package dev.fettle.core.session;

import org.jspecify.annotations.NullMarked;
