package dev.fettle.providers.catalogue;

import dev.fettle.core.model.Model;
import dev.fettle.core.model.Quirk;
import dev.fettle.core.text.Nearest;
import dev.fettle.core.usage.Price;
import dev.fettle.providers.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The models that Fettle knows, from the file `models.json` beside this class, which names its sources. It is
/// read at the first question.
public final class ModelCatalogue {
    private static final int MOST_SUGGESTIONS = 3;

    private final Supplier<Optional<String>> own;
    private @Nullable JsonNode read;

    public ModelCatalogue() {
        this(Optional::empty);
    }

    /// A catalogue in which a user's own file has the last word.
    ///
    /// @param own that file's text, in the form of `models.json` but with only what differs: another price for
    ///     instance, or another model; asked for at the first question
    public ModelCatalogue(Supplier<Optional<String>> own) {
        this.own = own;
    }

    /// Reads the files, if nobody has asked anything yet.
    ///
    /// @throws IllegalArgumentException if the user's own makes no sense
    public void requireSound() {
        file();
    }

    /// What is known of a model. A dated name such as `claude-haiku-4-5-20251001` is known by its plain one. An
    /// unknown model gets the sizes and quirks usual at its provider, and no price.
    public Model find(String provider, String id) {
        JsonNode entry = entry(provider, id);
        JsonNode defaults = file().path("defaults");
        JsonNode ofProvider = defaults.path(maker(provider));
        JsonNode usual = ofProvider.isMissingNode() ? defaults.path("") : ofProvider;
        return new Model(
                provider,
                id,
                entry.path("context").asInt(usual.path("context").asInt()),
                entry.path("max_output").asInt(usual.path("max_output").asInt()),
                price(entry.path("price")),
                quirks(entry.has("quirks") ? entry.path("quirks") : usual.path("quirks")),
                Optional.of(entry.path("effort").asString("")).filter(word -> !word.isEmpty()));
    }

    /// What is known of a model that says what texts mean, which is its price at most.
    public Model findEmbedding(String provider, String id) {
        JsonNode input =
                file().path("embeddings").path(maker(provider)).path(id).path("price");
        Optional<Price> price = Optional.of(input.asString(""))
                .filter(text -> !text.isEmpty())
                .map(BigDecimal::new)
                .map(perMillion -> new Price(perMillion, perMillion, perMillion, BigDecimal.ZERO, Optional.empty()));
        return new Model(provider, id, 0, 0, price);
    }

    /// Every model that is known, in the file's order.
    public List<Model> all() {
        List<Model> all = new ArrayList<>();
        for (var provider : file().path("models").properties()) {
            provider.getValue().propertyNames().forEach(id -> all.add(find(provider.getKey(), id)));
        }
        return all;
    }

    /// What to say of a model that is not known though others of its provider are: names near it. The catalogue may
    /// simply be older than the model.
    public Optional<String> doubt(Model model) {
        boolean hasOthers = file().path("models").has(maker(model.provider()));
        if (!hasOthers || isKnown(model.provider(), model.id())) {
            return Optional.empty();
        }
        List<String> near = near(model.id()).stream()
                .filter(each -> each.startsWith(model.provider() + "/"))
                .toList();
        return Optional.of("%s is not in the catalogue, so its sizes are guessed and it has no price%s."
                .formatted(model.name(), near.isEmpty() ? "" : "; near it are " + String.join(", ", near)));
    }

    public boolean isKnown(String provider, String id) {
        return !entry(provider, id).isMissingNode();
    }

    /// Known models, as `provider/id`, that somebody may have meant by a name; the likeliest first.
    ///
    /// @param name with or without its provider
    public List<String> near(String name) {
        String id = name.substring(name.indexOf('/') + 1);
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (var provider : file().path("models").properties()) {
            for (String known : provider.getValue().propertyNames()) {
                ids.add(known);
                names.add(provider.getKey() + "/" + known);
            }
        }
        Stream<String> slips = Nearest.to(id, ids).stream();
        Stream<String> parts = ids.stream().filter(known -> !id.isBlank() && known.contains(id));
        return Stream.concat(slips, parts)
                .distinct()
                .limit(MOST_SUGGESTIONS)
                .map(known -> names.get(ids.indexOf(known)))
                .toList();
    }

    private JsonNode entry(String provider, String id) {
        JsonNode models = file().path("models").path(maker(provider));
        JsonNode exact = models.path(id);
        return exact.isMissingNode() ? models.path(withoutDate(id)) : exact;
    }

    /// Whose models a provider serves, where those are another's.
    private String maker(String provider) {
        return file().path("serves").path(provider).asString(provider);
    }

    private static Set<Quirk> quirks(JsonNode words) {
        return words.valueStream()
                .map(word -> Quirk.valueOf(word.asString().toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    /// Without `-20251001` or `-2025-10-01` at the end.
    private static String withoutDate(String id) {
        return id.replaceFirst("-\\d{4}-?\\d{2}-?\\d{2}$", "");
    }

    private static Optional<Price> price(JsonNode told) {
        if (told.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new Price(
                new BigDecimal(told.path("input").asString()),
                new BigDecimal(told.path("cache_read").asString()),
                new BigDecimal(told.path("cache_write").asString()),
                new BigDecimal(told.path("output").asString()),
                longPrompt(told.path("long"))));
    }

    private static Optional<Price.LongPrompt> longPrompt(JsonNode told) {
        return told.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Price.LongPrompt(
                        told.path("above").asLong(),
                        new BigDecimal(told.path("input_times").asString()),
                        new BigDecimal(told.path("output_times").asString())));
    }

    private synchronized JsonNode file() {
        if (read == null) {
            try (InputStream file = Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream("models.json"))) {
                JsonNode known = Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
                read = own.get().map(text -> OwnModels.over(known, text)).orElse(known);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return read;
    }
}
