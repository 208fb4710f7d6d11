package dev.fettle.core.permission.rule;

import dev.fettle.core.permission.command.Interpreter;
import dev.fettle.core.permission.command.Script;
import dev.fettle.core.permission.command.Script.Pipeline;
import dev.fettle.core.permission.command.SimpleCommand;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Commands that change how a machine runs, or run what nobody has seen.
final class SystemShapes {
    private static final Set<String> DOWNLOADS = Set.of("curl", "wget");
    private static final Pattern ACCOUNT_FILE =
            Pattern.compile("/etc/(passwd|shadow|group|gshadow|sudoers)-?|/etc/sudoers\\.d(/.*)?");
    private static final Pattern CRON_FILE =
            Pattern.compile("/etc/(crontab|anacrontab|cron\\.[a-z]+(/.*)?)|/var/spool/cron(/.*)?");
    private static final Set<String> MAIN = Set.of("main", "master", "trunk");

    private SystemShapes() {}

    static boolean stopsMachine(Script script) {
        return script.commands().anyMatch(SystemShapes::stopsMachine);
    }

    private static boolean stopsMachine(SimpleCommand command) {
        List<String> operands = command.operands();
        return switch (command.program()) {
            case "shutdown", "reboot", "halt", "poweroff" -> true;
            case "init", "telinit" -> operands.stream().anyMatch(Set.of("0", "1", "6", "s", "S")::contains);
            case "systemctl" ->
                operands.stream().anyMatch(Set.of("poweroff", "reboot", "halt", "kexec", "rescue")::contains);
            default -> false;
        };
    }

    static boolean runsDownload(Script script) {
        return script.pipelines().stream().anyMatch(SystemShapes::runsDownload)
                || script.commands()
                        .anyMatch(each -> (Interpreter.isShell(each)
                                        || Set.of("eval", "source", ".").contains(each.name()))
                                && each.fedBy().stream().anyMatch(DOWNLOADS::contains));
    }

    private static boolean runsDownload(Pipeline pipeline) {
        boolean isDownloaded = false;
        for (SimpleCommand stage : pipeline.stages()) {
            if (isDownloaded && Interpreter.readsProgramFromInput(stage)) {
                return true;
            }
            isDownloaded |= DOWNLOADS.contains(stage.program());
        }
        return false;
    }

    static boolean forcesMain(Script script) {
        return script.commands().filter(each -> each.program().equals("git")).anyMatch(SystemShapes::isForcePush);
    }

    private static boolean isForcePush(SimpleCommand git) {
        int push = git.words().indexOf("push");
        if (push < 0) {
            return false;
        }
        SimpleCommand command =
                new SimpleCommand(git.words().subList(push, git.words().size()));
        List<String> branches = command.operands().stream().skip(1).toList();
        boolean isForced = command.arguments().contains("--force") || command.has("-f") || command.has("--mirror");
        return (isForced && (branches.isEmpty() || branches.stream().anyMatch(SystemShapes::isMain)))
                || branches.stream().anyMatch(each -> each.startsWith("+") && isMain(each));
    }

    private static boolean isMain(String branch) {
        String target = branch.substring(branch.lastIndexOf(':') + 1).replaceFirst("^\\+?(refs/heads/)?", "");
        return MAIN.contains(target);
    }

    static boolean clearsHistory(Script script) {
        return script.commands().anyMatch(each -> each.name().equals("history") && each.has("-c"));
    }

    static boolean loadsModule(Script script) {
        return script.commands()
                .anyMatch(each -> Set.of("insmod", "modprobe", "rmmod").contains(each.program())
                        || (each.program().equals("kmod") && each.operands().contains("load")));
    }

    static boolean changesAccounts(Script script) {
        return DestructiveShapes.targets(script)
                        .anyMatch(each -> ACCOUNT_FILE.matcher(each).matches())
                || script.commands()
                        .anyMatch(each -> Set.of("visudo", "vipw", "vigr", "useradd", "usermod")
                                .contains(each.program()));
    }

    static boolean schedules(Script script) {
        return DestructiveShapes.targets(script)
                        .anyMatch(each -> CRON_FILE.matcher(each).matches())
                || script.commands()
                        .filter(each -> each.program().equals("crontab"))
                        .anyMatch(each -> !each.has("-l"));
    }
}
