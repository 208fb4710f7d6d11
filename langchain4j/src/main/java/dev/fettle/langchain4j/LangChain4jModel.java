package dev.fettle.langchain4j;

import dev.fettle.core.message.ContentBlock;
import dev.fettle.core.message.Message;
import dev.fettle.core.message.ToolCall;
import dev.fettle.core.model.Delta;
import dev.fettle.core.model.ModelException;
import dev.fettle.core.model.ModelException.Kind;
import dev.fettle.core.model.ModelProvider;
import dev.fettle.core.model.ModelRequest;
import dev.fettle.core.model.ModelResponse;
import dev.fettle.core.model.StopReason;
import dev.fettle.core.usage.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A streaming chat model of LangChain4j as a provider. It calls back from threads of its own; the pieces are
/// handed over to the thread that asked.
public final class LangChain4jModel implements ModelProvider {
    private final StreamingChatModel model;

    public LangChain4jModel(StreamingChatModel model) {
        this.model = model;
    }

    @Override
    public ModelResponse complete(ModelRequest request, Consumer<Delta> deltas) throws InterruptedException {
        HandOver arriving = new HandOver();
        try {
            model.chat(ChatRequests.of(request.asTaken()), arriving);
            return response(arriving.await(deltas));
        } catch (InterruptedException e) {
            arriving.cancel();
            throw e;
        } catch (HandOver.FailedException e) {
            throw failure(e.reason());
        } catch (RuntimeException e) {
            throw e instanceof ModelException known ? known : failure(e);
        }
    }

    private static ModelResponse response(ChatResponse chat) {
        AiMessage said = chat.aiMessage();
        List<ContentBlock> content = new ArrayList<>();
        if (said.text() != null && !said.text().isEmpty()) {
            content.add(new ContentBlock.Text(said.text()));
        }
        for (ToolExecutionRequest call : said.toolExecutionRequests()) {
            content.add(new ToolCall(
                    call.id() == null ? "" : call.id(),
                    call.name(),
                    call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments()));
        }
        return new ModelResponse(
                new Message.Assistant(content),
                stopReason(chat.finishReason(), said.hasToolExecutionRequests()),
                usage(chat.tokenUsage()));
    }

    private static StopReason stopReason(@Nullable FinishReason reason, boolean hasCalls) {
        if (reason == FinishReason.LENGTH) {
            return StopReason.MAX_TOKENS;
        }
        if (reason == FinishReason.CONTENT_FILTER) {
            return StopReason.REFUSAL;
        }
        return hasCalls ? StopReason.TOOL_CALLS : StopReason.END;
    }

    /// Of caches LangChain4j tells nothing that all its models have in common.
    private static Usage usage(@Nullable TokenUsage tokens) {
        return tokens == null
                ? Usage.ZERO
                : new Usage(count(tokens.inputTokenCount()), 0, 0, count(tokens.outputTokenCount()), 0);
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static ModelException failure(Throwable reason) {
        Kind kind = switch (reason) {
            case AuthenticationException _ -> Kind.AUTH;
            case RateLimitException _ -> Kind.RATE_LIMITED;
            case InternalServerException _ -> Kind.OVERLOADED;
            case RetriableException _ -> Kind.NETWORK;
            default -> Kind.INVALID_REQUEST;
        };
        return new ModelException(kind, "The model's LangChain4j client says: " + reason.getMessage(), reason);
    }
}
