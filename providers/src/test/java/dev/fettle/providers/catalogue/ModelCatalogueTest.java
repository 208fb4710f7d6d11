package dev.fettle.providers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.usage.Money;
import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ModelCatalogueTest {
    private final ModelCatalogue catalogue = new ModelCatalogue();

    @Test
    void knowsSizesAndPrices() {
        Model model = catalogue.find("anthropic", "claude-opus-5-5");

        assertEquals(1_000_000, model.contextWindow());
        assertEquals(128_000, model.maxOutputTokens());
        assertEquals(Money.of("29.2"), model.cost(new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 0)));
    }

    @Test
    void aDatedNameIsKnownByItsPlainOne() {
        assertEquals(
                catalogue.find("anthropic", "claude-haiku-4-5").price(),
                catalogue.find("anthropic", "claude-haiku-4-5-20251001").price());
        assertTrue(catalogue.isKnown("openai", "gpt-4o-2024-08-06"));
        assertEquals(
                "gpt-4o-2024-08-06",
                catalogue.find("openai", "gpt-4o-2024-08-06").id());
    }

    @Test
    void anUnknownModelHasUsualSizesAndNoPrice() {
        assertEquals(
                new Model(
                        "anthropic",
                        "claude-next",
                        200_000,
                        32_000,
                        Optional.empty(),
                        Set.of(Quirk.NO_TEMPERATURE),
                        Optional.empty()),
                catalogue.find("anthropic", "claude-next"));
        assertEquals(new Model("ollama", "qwen3", 65_536, 8_192, Optional.empty()), catalogue.find("ollama", "qwen3"));
        assertFalse(catalogue.isKnown("ollama", "qwen3"));
    }

    @Test
    void knowsWhatEachModelRefuses() {
        assertEquals(
                Set.of(Quirk.NO_REASONING, Quirk.MAX_COMPLETION_TOKENS),
                catalogue.find("openai", "gpt-4.1").quirks());
        assertEquals(
                Set.of(Quirk.NO_TEMPERATURE, Quirk.MAX_COMPLETION_TOKENS),
                catalogue.find("openai", "gpt-6.1-sol").quirks());
        assertEquals(Set.of(), catalogue.find("anthropic", "claude-haiku-4-5").quirks());
        assertTrue(catalogue.find("gemini", "gemini-next").has(Quirk.SIGNED_CALLS));
        assertTrue(catalogue.find("deepseek", "deepseek-v4-pro").has(Quirk.NO_IMAGES));
        assertEquals(Set.of(), catalogue.find("ollama", "qwen3").quirks());
    }

    @Test
    void azureServesTheModelsOfOpenAi() {
        Model model = catalogue.find("azure", "gpt-5-2025-08-07");

        assertEquals("azure/gpt-5-2025-08-07", model.name());
        assertEquals(catalogue.find("openai", "gpt-5").price(), model.price());
        assertTrue(model.price().isPresent());
    }

    @Test
    void aUsersOwnFileHasTheLastWord() {
        ModelCatalogue own = with("""
                {"models": {
                  "openai": {"gpt-5": {"price": {"input": "1", "output": 8}}},
                  "compatible": {"qwen3": {"context": 40000, "max_output": 4000}}}}""");
        Model known = catalogue.find("openai", "gpt-5");
        assertEquals(
                new Model(
                        "openai",
                        "gpt-5",
                        known.contextWindow(),
                        known.maxOutputTokens(),
                        Optional.of(new Price(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, new BigDecimal("8"))),
                        known.quirks(),
                        known.effort()),
                own.find("openai", "gpt-5"));
        assertEquals(
                new Model("compatible", "qwen3", 40_000, 4_000, Optional.empty()), own.find("compatible", "qwen3"));
        assertEquals(catalogue.find("openai", "gpt-5-mini"), own.find("openai", "gpt-5-mini"));
    }

    @Test
    void aUsersOwnFileThatMakesNoSenseIsSaidSo() {
        assertEquals("it has no object `models`", complaint("[]"));
        assertTrue(complaint("{").startsWith("it is not JSON"));
        for (String price : List.of("{\"input\": \"1\"}", "{\"input\": \"1\", \"output\": \"-2\"}")) {
            assertEquals(
                    "in the price of a/b, `output` must be a number such as \"0.25\"",
                    complaint("{\"models\": {\"a\": {\"b\": {\"price\": %s}}}}".formatted(price)));
        }
    }

    private static String complaint(String file) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> with(file).find("a", "b"))
                        .getMessage());
    }

    private static ModelCatalogue with(String file) {
        return new ModelCatalogue(() -> Optional.of(file));
    }

    @Test
    void aUsersOwnPriceReplacesAllOfIt() {
        Model own =
                with("{\"models\": {\"openai\": {\"gpt-5.4\": {\"price\": {\"input\": \"1\", \"output\": \"2\"}}}}}")
                        .find("openai", "gpt-5.4");
        assertEquals(Money.of("1"), own.cost(new Usage(500_000, 500_000, 0, 0, 0)));
    }

    @Test
    void longPromptsCostMoreWhereTheListSaysSo() {
        Model model = catalogue.find("openai", "gpt-6.1-sol");
        assertEquals(Money.of("0.544"), model.cost(new Usage(272_000, 0, 0, 0, 0)));
        assertEquals(Money.of("1.088019"), model.cost(new Usage(272_001, 0, 0, 1, 0)));
    }

    @Test
    void suggestsWhatWasMeant() {
        assertEquals(
                "anthropic/claude-sonnet-5-5",
                catalogue.near("claude-sonet-5-5").getFirst());
        assertTrue(catalogue.near("openai/gpt-4.1").contains("openai/gpt-4.1-mini"));
        assertEquals(List.of(), catalogue.near("zzz"));
    }
}
