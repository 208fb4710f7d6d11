package dev.fettle.server.api.cache;

import dev.fettle.server.api.chat.ChatRoutes;
import dev.fettle.server.api.guard.Troubles;
import dev.fettle.server.exchange.Caller;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks in the background, so that the answers are there when somebody wants them: one question of a user after the
/// other, so that who waits for an answer is not kept waiting by these.
final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private final ChatRoutes chat;
    private final Set<String> users = ConcurrentHashMap.newKeySet();

    WarmUp(ChatRoutes chat) {
        this.chat = chat;
    }

    /// Begins, unless it is under way for this user.
    boolean begin(Caller caller, List<String> messages) {
        if (!users.add(caller.user())) {
            return false;
        }
        Thread.ofVirtual().name("warm-up").start(() -> {
            try {
                ask(caller, messages);
            } finally {
                users.remove(caller.user());
            }
        });
        return true;
    }

    /// Where one question cannot be asked the others can hardly be.
    private void ask(Caller caller, List<String> messages) {
        try {
            for (String message : messages) {
                if (!chat.prepare(caller, message)) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            if (Troubles.of(e).isPresent()) {
                LOG.warn("A warm-up ended early: {}", e.getMessage());
            } else {
                LOG.error("A warm-up failed", e);
            }
        }
    }
}
