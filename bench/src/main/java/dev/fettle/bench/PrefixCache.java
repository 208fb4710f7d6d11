package dev.fettle.bench;

import dev.fettle.core.usage.Price;
import dev.fettle.core.usage.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a provider's prompt cache would have served of a session's requests, by the rules it publishes. Tokens are
/// taken as four bytes of JSON each.
///
/// @param usage input tokens of all requests, as the provider would bill them
record PrefixCache(Usage usage) {
    private static final int BYTES_PER_TOKEN = 4;

    /// Anthropic looks back so many blocks from each breakpoint (platform.claude.com, prompt caching).
    private static final int LOOK_BACK = 20;

    private static final int ANTHROPIC_LEAST = 1_024;
    /// OpenAI caches from here on, in steps (developers.openai.com, prompt caching).
    private static final int OPENAI_LEAST = 1_024;

    private static final int OPENAI_STEP = 128;

    /// Which share of the input came from the cache.
    double share() {
        return (double) usage.cacheReadTokens() / (usage.total() - usage.outputTokens());
    }

    /// What the input costs, as a share of what it would cost without a cache.
    double bill(Price price) {
        BigDecimal with = price.of(usage).usd();
        BigDecimal without = price.of(new Usage(usage.total(), 0, 0, 0, 0)).usd();
        return with.doubleValue() / without.doubleValue();
    }

    /// By breakpoints: what stands before one is written, and read by whoever begins alike.
    static PrefixCache ofAnthropic(List<JsonNode> requests) {
        Set<String> written = new HashSet<>();
        Usage all = Usage.ZERO;
        for (JsonNode request : requests) {
            List<Block> blocks = blocks(request);
            int last = lastBreakpoint(blocks);
            int read = 0;
            for (int i = last; i > Math.max(0, last - LOOK_BACK) && read == 0; i--) {
                read = written.contains(prefix(blocks, i)) ? i : 0;
            }
            long cached = tokens(blocks.subList(0, read));
            long fresh = tokens(blocks.subList(read, last));
            long rest = tokens(blocks.subList(last, blocks.size()));
            boolean isCached = tokens(blocks.subList(0, last)) >= ANTHROPIC_LEAST;
            if (isCached) {
                for (int i = 1; i <= last; i++) {
                    if (blocks.get(i - 1).isBreakpoint()) {
                        written.add(prefix(blocks, i));
                    }
                }
            }
            all = all.plus(isCached ? new Usage(rest, cached, fresh, 0, 0) : new Usage(rest + fresh, 0, 0, 0, 0));
        }
        return new PrefixCache(all);
    }

    /// By the longest common beginning of the prompt.
    static PrefixCache ofOpenAi(List<JsonNode> requests) {
        Usage all = Usage.ZERO;
        String before = "";
        for (JsonNode request : requests) {
            StringBuilder prompt = new StringBuilder(request.path("tools").toString())
                    .append(request.path("instructions").toString());
            request.path("input").forEach(item -> prompt.append(item));
            long whole = prompt.length() / BYTES_PER_TOKEN;
            long common = commonBeginning(before, prompt.toString()) / BYTES_PER_TOKEN;
            long cached = common < OPENAI_LEAST ? 0 : common / OPENAI_STEP * OPENAI_STEP;
            all = all.plus(new Usage(whole - cached, cached, 0, 0, 0));
            before = prompt.toString();
        }
        return new PrefixCache(all);
    }

    private record Block(String text, boolean isBreakpoint) {}

    private static List<Block> blocks(JsonNode request) {
        List<Block> blocks = new ArrayList<>();
        request.path("tools").forEach(each -> blocks.add(block("", each)));
        request.path("system").forEach(each -> blocks.add(block("", each)));
        for (JsonNode message : request.path("messages")) {
            message.path("content")
                    .forEach(each -> blocks.add(block(message.path("role").asString(), each)));
        }
        // On the request itself it stands for its last block (automatic caching).
        if (request.has("cache_control")) {
            blocks.set(blocks.size() - 1, new Block(blocks.getLast().text(), true));
        }
        return blocks;
    }

    private static Block block(String role, JsonNode node) {
        ObjectNode plain = (ObjectNode) node.deepCopy();
        boolean isBreakpoint = plain.remove("cache_control") != null;
        return new Block(role + plain, isBreakpoint);
    }

    private static int lastBreakpoint(List<Block> blocks) {
        for (int i = blocks.size(); i > 0; i--) {
            if (blocks.get(i - 1).isBreakpoint()) {
                return i;
            }
        }
        return 0;
    }

    private static String prefix(List<Block> blocks, int length) {
        return String.join(
                "\0", blocks.subList(0, length).stream().map(Block::text).toList());
    }

    private static long tokens(List<Block> blocks) {
        return blocks.stream().mapToLong(each -> each.text().length()).sum() / BYTES_PER_TOKEN;
    }

    private static int commonBeginning(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }
}
