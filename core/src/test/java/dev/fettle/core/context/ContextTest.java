package dev.fettle.core.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.memory.FactsInMemory;
import dev.fettle.core.memory.Memory;
import dev.fettle.core.session.Conversation;
import dev.fettle.core.session.Event;
import dev.fettle.core.session.Event.Informed;
import dev.fettle.core.workspace.FilesInMemory;
import dev.fettle.core.workspace.Workspace;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContextTest {
    private static final Instructions INSTRUCTIONS =
            new Instructions("Linux", LocalDate.of(2026, 11, 21), Optional.empty());
    private static final Workspace REPOSITORY = new FilesInMemory(Map.of(".git/HEAD", "ref"));

    private static List<String> about(List<Informed> informed) {
        return informed.stream().map(each -> each.part() + " " + each.about()).toList();
    }

    @Test
    void aSessionBeginsWithTheMapOfARepository() {
        Context context =
                new Context(INSTRUCTIONS, (_, task) -> Optional.of("src/Cart.java for " + task), Optional.empty(), 80);
        Conversation conversation = new Conversation();

        List<Informed> begun = context.beginning(REPOSITORY, conversation, "mend it");

        assertEquals(List.of("MAP "), about(begun));
        assertTrue(begun.getFirst().text().endsWith("\nsrc/Cart.java for mend it"));
        assertEquals(List.of(), context.beginning(new FilesInMemory(Map.of()), conversation, "mend it"));
        conversation.apply(new Event.SessionStarted("/work/here", "Be good."));
        assertEquals(List.of(), context.beginning(REPOSITORY, conversation, "mend it"));
    }

    @Test
    void onlyFactsThatHaveToDoWithTheTaskAreTold() {
        FactsInMemory facts = new FactsInMemory();
        for (String text : List.of(
                "Deployments of the shop need a signed tag.",
                "The shop's colour is green, and its mascot is a heron with a hat that nobody likes.",
                "Prefer tabs.")) {
            facts.remember(Memory.Scope.everywhere("ada"), text);
        }
        Context context = new Context(INSTRUCTIONS, Overview.NONE, Optional.of(new Recollection(facts, "ada")), 80);
        Conversation conversation = new Conversation();

        List<Informed> begun =
                context.beginning(REPOSITORY, conversation, "Write a script for deployments of the shop");
        assertEquals(List.of("MEMORY fact_0"), about(begun));
        assertTrue(begun.getFirst().text().endsWith("\nDeployments of the shop need a signed tag."));
        assertEquals(List.of("ada /work/here"), facts.asked);

        begun.forEach(conversation::apply);
        assertEquals(List.of(), context.beginning(REPOSITORY, conversation, "deployments of the shop"));
        assertEquals(List.of("MEMORY fact_2"), about(context.beginning(REPOSITORY, conversation, "tabs or blanks?")));
        assertEquals(List.of(), context.beginning(REPOSITORY, conversation, "the of and"));
    }

    @Test
    void factsThatMeanSomethingLikeTheTaskAreToldToo() {
        FactsInMemory facts = new FactsInMemory();
        facts.remember(Memory.Scope.everywhere("ada"), "Prefer tabs.");
        facts.remember(Memory.Scope.everywhere("ada"), "Deployments of the shop need a signed tag.");
        facts.alike.add(facts.facts.getLast());
        Context context = new Context(INSTRUCTIONS, Overview.NONE, Optional.of(new Recollection(facts, "ada")), 80);

        assertEquals(
                List.of("MEMORY fact_1"),
                about(context.beginning(REPOSITORY, new Conversation(), "Ship this version")));
    }

    @Test
    void instructionsForAPartComeOnceItIsReached() {
        Workspace workspace = new FilesInMemory(
                Map.of("AGENTS.md", "root", "shop/AGENTS.md", "Use tabs.", "shop/cart/AGENTS.md", "x".repeat(9_000)));
        Conversation conversation = new Conversation();
        conversation.apply(new Event.SessionStarted("/work/here", "Be good."));

        List<Informed> reached =
                Context.reached(workspace, Set.of("README.md", "shop/cart/a/Cart.java", "lib/B.java"), conversation);
        assertEquals(List.of("INSTRUCTIONS shop/AGENTS.md", "INSTRUCTIONS shop/cart/AGENTS.md"), about(reached));
        assertTrue(reached.getFirst().text().endsWith("\nUse tabs."));
        assertTrue(reached.getLast()
                .text()
                .endsWith("[cut after 8192 of 9000 bytes; use read on shop/cart/AGENTS.md for the rest]"));

        reached.forEach(conversation::apply);
        assertEquals(List.of(), Context.reached(workspace, Set.of("shop/cart/Cart.java"), conversation));
    }

    @Test
    void afterTenOnlyTheNameOfAFileIsTold() {
        Conversation conversation = new Conversation();
        for (int i = 0; i < 10; i++) {
            conversation.apply(new Informed(Informed.Part.INSTRUCTIONS, i + "/AGENTS.md", "x"));
        }
        List<Informed> reached = Context.reached(
                new FilesInMemory(Map.of("far/AGENTS.md", "Use tabs.")), Set.of("far/A.java"), conversation);
        assertTrue(
                reached.getFirst().text().endsWith("[cut after 0 of 9 bytes; use read on far/AGENTS.md for the rest]"));
    }
}
