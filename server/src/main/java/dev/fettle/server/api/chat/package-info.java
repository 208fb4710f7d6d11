/// The ways to ask and be answered in one exchange: conversations, and the three workflows.
@NullMarked
package dev.fettle.server.api.chat;

import org.jspecify.annotations.NullMarked;
