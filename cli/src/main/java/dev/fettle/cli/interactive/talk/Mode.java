package dev.fettle.cli.interactive.talk;

/// What turns may do.
public enum Mode {
    WORK,
    /// Look only, and end with a plan, which is carried out once the user approves it.
    PLAN;

    private static final String PLANNING = """


            (Plan mode: look only, change nothing. End with a plan: what you will change, where, and how you will check \
            it. Nothing is done before the user has approved it.)""";

    /// A prompt as the model is to see it.
    String of(String prompt) {
        return this == PLAN ? prompt + PLANNING : prompt;
    }

    public Mode other() {
        return this == WORK ? PLAN : WORK;
    }
}
