package dev.fettle.store.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Where a process lives.
///
/// @param host for people
/// @param id tells apart all sets of processes that can see each other: the start of a machine, and the process
///     namespace in it, as containers have their own; short, because it becomes part of names. Empty where the
///     system does not tell.
public record Place(String host, String id) {

    public static Place current() {
        return new Place(hostName(), processSpace());
    }

    /// Whether an owner, seen at another place, is surely gone. Of a process elsewhere nothing is known.
    public boolean knowsAsDead(String place, Owner owner) {
        return !id.isEmpty() && id.equals(place) && !owner.isAlive();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    private static String processSpace() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            String space = boot.strip() + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
            return UUID.nameUUIDFromBytes(space.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .substring(0, 13);
        } catch (IOException e) {
            return "";
        }
    }
}
