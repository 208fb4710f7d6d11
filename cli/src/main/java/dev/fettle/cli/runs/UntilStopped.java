package dev.fettle.cli.runs;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.render.Console;
import java.util.concurrent.CountDownLatch;

/// Lets a long-running process do its work until it is told to stop, which is how it should end.
final class UntilStopped {
    private UntilStopped() {}

    static int run(Host.Role role, Console console) throws InterruptedException {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stopping.countDown();
                    try {
                        closed.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    // Without it the status would tell of the signal.
                    Runtime.getRuntime().halt(ExitCode.COMPLETED);
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (role) {
            role.start();
            role.greetings().forEach(console.out()::println);
            console.out().flush();
            role.say(role.readiness() + "; Ctrl-C stops it.", console.err());
            stopping.await();
            role.say(role.name() + " stops: what is under way is handed over.", console.err());
        } finally {
            closed.countDown();
            remove(hook);
        }
        return ExitCode.COMPLETED;
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already, as it was told.
        }
    }
}
