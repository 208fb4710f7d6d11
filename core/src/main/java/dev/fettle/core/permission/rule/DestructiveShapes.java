package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.Script.Function;
import dev.fettle.core.permission.command.Script.Pipeline;
import dev.fettle.core.permission.command.SimpleCommand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Commands that destroy more than anybody meant.
final class DestructiveShapes {
    private static final Set<String> TOP = Set.of(
            "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/opt", "/proc", "/root", "/sbin", "/srv",
            "/sys", "/usr", "/var");
    private static final Pattern DEVICE =
            Pattern.compile("/dev/(sd|hd|vd|xvd|nvme|mmcblk|loop|md|dm-|mapper/|disk/|ram|mem|kmem|port).*");

    private DestructiveShapes() {}

    static boolean removesRoot(Script script) {
        return script.commands()
                .filter(each -> each.program().equals("rm"))
                .anyMatch(each -> each.has("--no-preserve-root") || (isRecursive(each) && namesTop(each.operands())));
    }

    static boolean changesRoot(Script script) {
        return script.commands()
                .filter(each -> Set.of("chmod", "chown", "chgrp").contains(each.program()))
                .anyMatch(each -> each.has("--no-preserve-root") || (isRecursive(each) && namesTop(each.operands())));
    }

    private static boolean isRecursive(SimpleCommand command) {
        return command.has("-r") || command.has("-R") || command.has("--recursive");
    }

    private static boolean namesTop(List<String> operands) {
        return operands.stream().anyMatch(DestructiveShapes::isTop);
    }

    /// The root, a directory right below it, or somebody's home; also as `/*`, `//`, `/./`, `/tmp/..`,
    /// `~/`.
    private static boolean isTop(String operand) {
        String path = operand.replaceAll("/\\.?\\*+$", "/");
        if (path.startsWith("/")) {
            return TOP.contains(absolute(path));
        }
        return path.matches("(~[A-Za-z0-9_-]*|\\$HOME)(/+\\.?)*");
    }

    private static String absolute(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    static boolean isForkBomb(Script script) {
        return script.functions().stream().anyMatch(DestructiveShapes::multiplies);
    }

    /// A body that leaves itself running behind it, or starts itself twice at once.
    private static boolean multiplies(Function function) {
        return function.body().stream().anyMatch(each -> selfCalls(function, each) > (each.isBackground() ? 0 : 1));
    }

    private static long selfCalls(Function function, Pipeline pipeline) {
        return pipeline.stages().stream()
                .filter(each -> each.name().equals(function.name()))
                .count();
    }

    static boolean makesFileSystem(Script script) {
        return script.commands()
                .map(SimpleCommand::program)
                .anyMatch(each -> each.startsWith("mkfs")
                        || Set.of("mke2fs", "wipefs", "blkdiscard").contains(each));
    }

    static boolean writesDevice(Script script) {
        return targets(script).anyMatch(each -> DEVICE.matcher(each).matches());
    }

    /// Files that redirections and copying programs write to, by their names.
    static Stream<String> targets(Script script) {
        return Stream.concat(script.written().stream(), script.commands().flatMap(DestructiveShapes::targets));
    }

    private static Stream<String> targets(SimpleCommand command) {
        List<String> operands = command.operands();
        return switch (command.program()) {
            case "dd" ->
                operands.stream().filter(each -> each.startsWith("of=")).map(each -> each.substring(3));
            case "tee", "shred", "truncate" -> operands.stream();
            case "cp", "mv", "install", "ln", "rsync" -> operands.stream().skip(Math.max(0, operands.size() - 1));
            case "sed" -> command.has("-i") || command.has("--in-place") ? operands.stream() : Stream.empty();
            default -> Stream.empty();
        };
    }
}
