package dev.fettle.cli;

import dev.fettle.cli.host.Debugging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Finds what it was told to find.
final class ToldDebugging implements Debugging {
    final List<Object> asked = new ArrayList<>();
    Standing standing = Standing.FAILURE;
    boolean isMended = true;
    boolean isInterrupted;
    boolean isCheap;
    boolean isRepairable;
    String text = "the facts";

    @Override
    public Facts investigate(Complaint complaint) throws InterruptedException {
        asked.add(complaint);
        if (isInterrupted) {
            throw new InterruptedException();
        }
        return new ToldFacts();
    }

    @Override
    public Mark mark() {
        return new Mark() {
            @Override
            public String changes() {
                return "--- a\n+++ b";
            }

            @Override
            public void close() {
                asked.add("closed");
            }
        };
    }

    private final class ToldFacts implements Facts {
        @Override
        public Standing standing() {
            return standing;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public String json() {
            return "{\"verdict\":\"told\"}";
        }

        @Override
        public String task() {
            return "Mend it.\n\n";
        }

        @Override
        public Answer bisect(String good, String bad) {
            asked.add(good + " to " + bad);
            return new Answer(!bad.equals("bad"), "First bad commit: 123", "{\"first_bad\":\"123\"}");
        }

        @Override
        public Answer repair(Duration time, boolean isApplied) {
            asked.add("repair in %d s%s".formatted(time.toSeconds(), isApplied ? ", applied" : ""));
            return isRepairable
                    ? new Answer(true, "A plausible patch", "{\"verdict\":\"plausible\"}")
                    : new Answer(false, "No edit helps.", "{\"verdict\":\"not_found\"}");
        }

        @Override
        public boolean isCheap() {
            return isCheap;
        }

        @Override
        public Answer verify() {
            return new Answer(isMended, isMended ? "Passed" : "Still: Failed", "{\"passed\":" + isMended + "}");
        }
    }
}
