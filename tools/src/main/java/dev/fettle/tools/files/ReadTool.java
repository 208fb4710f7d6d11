package dev.fettle.tools.files;

import dev.fettle.core.message.Image;
import dev.fettle.core.permission.Permission;
import dev.fettle.core.tool.Describe;
import dev.fettle.core.tool.Effect;
import dev.fettle.core.tool.RecordTool;
import dev.fettle.core.tool.ToolContext;
import dev.fettle.core.tool.ToolException;
import dev.fettle.core.tool.ToolOutput;
import dev.fettle.core.workspace.FileInfo;
import dev.fettle.core.workspace.FilePath;
import dev.fettle.core.workspace.WorkspaceException;
import dev.fettle.tools.search.Suggestions;
import dev.fettle.tools.text.Excerpt;
import dev.fettle.tools.text.Sha256;
import dev.fettle.tools.text.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows a file: text by lines, images as images.
public final class ReadTool implements RecordTool<ReadTool.Arguments> {
    private static final int DEFAULT_LINES = 2000;
    private static final int SAMPLE = 8192;
    private static final long LARGEST_IMAGE = 5L * 1024 * 1024;
    /// A larger file is shown without being read whole, so what the model has seen of it is not recorded.
    private static final long LARGEST_WHOLE = 10L * 1024 * 1024;

    /// What the model sends.
    public record Arguments(
            String path,
            @Describe("first line, from 1") Optional<Integer> offset,
            @Describe("number of lines, default 2000") Optional<Integer> limit) {}

    @Override
    public String name() {
        return "read";
    }

    @Override
    public String description() {
        return "Reads a text file, with line numbers, or an image (png, jpeg, gif, webp).";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Permission> permissions(Arguments arguments) {
        return List.of(new Permission.Read(arguments.path()));
    }

    @Override
    public ToolOutput run(Arguments arguments, ToolContext context) throws InterruptedException {
        FilePath path = context.workspace().locate(arguments.path());
        Optional<FileInfo> info = context.workspace().info(path);
        if (info.isEmpty()) {
            throw Suggestions.missing(context.workspace(), path);
        }
        if (info.get().isDirectory()) {
            throw new ToolException("`%s` is a directory. Use ls to see what is in it.".formatted(path));
        }
        LineRange range =
                LineRange.of(arguments.offset().orElse(1), arguments.limit().orElse(DEFAULT_LINES));
        try (InputStream in = context.workspace().open(path)) {
            byte[] start = in.readNBytes(SAMPLE);
            Optional<String> image = Image.mediaTypeOf(start);
            if (image.isPresent()) {
                return image(info.get(), image.get(), rest(start, in));
            }
            if (TextFile.isBinary(start)) {
                throw binary(info.get(), start);
            }
            return info.get().size() <= LARGEST_WHOLE
                    ? whole(path, range, rest(start, in).readNBytes((int) LARGEST_WHOLE))
                    : ToolOutput.of(NumberedLines.read(path, range, start, rest(start, in)));
        } catch (IOException e) {
            throw new WorkspaceException(
                    WorkspaceException.Kind.IO, "Cannot read %s: %s.".formatted(path, e.getMessage()), e);
        }
    }

    private static ToolOutput whole(FilePath path, LineRange range, byte[] content)
            throws IOException, InterruptedException {
        String text = content.length == 0
                ? "[%s is empty]".formatted(path)
                : NumberedLines.read(path, range, content, new ByteArrayInputStream(content));
        return ToolOutput.of(text).withSeen(path.value(), Sha256.of(content));
    }

    private static ToolOutput image(FileInfo file, String mediaType, InputStream content) throws IOException {
        if (file.size() > LARGEST_IMAGE) {
            throw new ToolException("%s is an image of %s bytes; the most that can be shown is %s. Make a smaller copy."
                    .formatted(file.path(), Excerpt.count(file.size()), Excerpt.count(LARGEST_IMAGE)));
        }
        byte[] bytes = content.readNBytes((int) LARGEST_IMAGE);
        Image image = new Image(mediaType, Base64.getEncoder().encodeToString(bytes));
        return new ToolOutput(
                "[%s: %s, %s bytes]".formatted(file.path(), mediaType, Excerpt.count(bytes.length)),
                List.of(image),
                Map.of(file.path().value(), Sha256.of(bytes)));
    }

    private static ToolException binary(FileInfo file, byte[] start) {
        return new ToolException("%s is not text: %s, %s bytes. Use bash with a program that understands it, or xxd."
                .formatted(file.path(), FileType.describe(start), Excerpt.count(file.size())));
    }

    private static InputStream rest(byte[] start, InputStream in) {
        return new SequenceInputStream(new ByteArrayInputStream(start), in);
    }
}
