package dev.fettle.cli;

import dev.fettle.cli.host.ExitCode;
import dev.fettle.cli.host.Host;
import dev.fettle.cli.host.SettingFlags;
import dev.fettle.cli.render.Console;
import dev.fettle.cli.text.Style;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        header = "Say what is configured, what is missing, and the command that mends it.",
        description = {"", "Exits 1 if something keeps Fettle from working."})
final class DoctorCommand implements Callable<Integer> {
    private final Host host;
    private final Console console;

    @Mixin
    private SettingFlags settings = new SettingFlags();

    DoctorCommand(Host host, Console console) {
        this.host = host;
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Host.Finding> findings = host.diagnose(settings.flags());
        Style style = console.outStyle();
        for (Host.Finding finding : findings) {
            String mark = switch (finding.level()) {
                case OK -> style.green("✓");
                case WARNING -> style.yellow("!");
                case PROBLEM -> style.red("✗");
            };
            console.out().println("%s %-12s %s".formatted(mark, finding.subject(), finding.found()));
            if (!finding.remedy().isEmpty()) {
                console.out().println(" ".repeat(15) + style.cyan("→ " + finding.remedy()));
            }
        }
        boolean isSound = findings.stream().noneMatch(each -> each.level() == Host.Finding.Level.PROBLEM);
        return isSound ? ExitCode.COMPLETED : ExitCode.FAILED;
    }
}
