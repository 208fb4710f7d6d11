package dev.fettle.core.workspace.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fettle.core.workspace.kept.KeptWorkspace.State;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptTest {
    @Test
    void anIdIsTakenInOneSpellingOnly() {
        WorkspaceId id = WorkspaceId.at(Instant.EPOCH);
        assertEquals(Optional.of(id), WorkspaceId.read(id.toString()));
        for (String other : List.of("", "ws_", "shop", id + "0", id.value().toUpperCase(Locale.ROOT), "../" + id)) {
            assertEquals(Optional.empty(), WorkspaceId.read(other), other);
            assertThrows(IllegalArgumentException.class, () -> new WorkspaceId(other), other);
        }
    }

    @Test
    void aFormatIsKnownByWhatSendersCallIt() {
        assertEquals(Optional.of(ArchiveFormat.ZIP), ArchiveFormat.ofMediaType("Application/ZIP"));
        assertEquals(Optional.of(ArchiveFormat.TAR_GZ), ArchiveFormat.ofMediaType("application/x-gzip ; a=b"));
        assertEquals(Optional.of(ArchiveFormat.TAR), ArchiveFormat.ofSuffix("tar"));
        assertEquals("application/x-tar", ArchiveFormat.TAR.mediaType());
        assertEquals(Optional.empty(), ArchiveFormat.ofMediaType("application/json"));
        assertEquals(Optional.empty(), ArchiveFormat.ofSuffix("rar"));
    }

    @Test
    void aQuotaIsOfBytesAndOfFiles() {
        Quota quota = new Quota(2_500_000, 10).and(new Quota(3_000_000, 7));
        assertFalse(quota.isExceededBy(new TreeSize(2_500_000, 7)));
        assertTrue(quota.isExceededBy(new TreeSize(2_500_001, 0)));
        assertTrue(quota.isExceededBy(new TreeSize(0, 8)));
        assertEquals(Optional.empty(), quota.excess(new TreeSize(0, 0)));
        assertEquals(
                "The workspace is full: it may hold 2.5 MB in 7 files and directories"
                        + " (WORKSPACE_QUOTA, WORKSPACE_FILES), and more is in it.",
                quota.excess(new TreeSize(0, 8)).orElseThrow());
    }

    @Test
    void aStateHasOneWord() {
        assertEquals(
                List.of("preparing", "ready", "failed"),
                List.of(
                        new State.Preparing(Instant.EPOCH).word(),
                        new State.Ready().word(),
                        new State.Failed("").word()));
    }
}
