package quantum.p35.dashboard;

import java.util.List;
import quantum.p35.api.CatalogueEntry;
import quantum.p35.api.Guide;

/** {@code ./p35 guide}: what a gate means and what to do; without a gate, one paragraph each. */
final class GuideText {

    private final Ink ink;

    GuideText(Ink ink) {
        this.ink = ink;
    }

    String print(Guide.Answer guide, boolean whole) {
        Page page = new Page();
        if (!whole) {
            page.line(ink.bold("GUIDE") + ink.quiet("  ./p35 guide GATE tells all about one"));
        }
        for (CatalogueEntry entry : guide.gates()) {
            if (whole) {
                all(page, entry, entry == guide.gates().getFirst());
            } else if (entry.meaning() != null) {
                page.line("").line(title(entry)).wrapped(entry.meaning(), "  ", "  ");
            }
        }
        List<String> bare = guide.gates().stream()
                .filter(entry -> entry.meaning() == null)
                .map(CatalogueEntry::code)
                .toList();
        if (!whole && !bare.isEmpty()) {
            page.line("").wrapped("No guide yet: " + String.join(", ", bare), "", "  ");
        }
        return page.print();
    }

    private String title(CatalogueEntry entry) {
        String expected = entry.expected() == null ? "" : ", expected " + Columns.printable(entry.expected());
        return ink.bold(Columns.cut(entry.code(), 64))
                + ink.quiet("  " + entry.kind().word() + expected);
    }

    private void all(Page page, CatalogueEntry entry, boolean first) {
        if (!first) {
            page.line("");
        }
        page.line(title(entry));
        if (!entry.aliases().isEmpty()) {
            page.wrapped(String.join(", ", entry.aliases()), "also ", "     ");
        }
        page.line("").wrapped(entry.meaning() == null ? "There is no guide for it yet." : entry.meaning(), "", "");
        if (!entry.diagnose().isEmpty()) {
            page.line("").line(ink.bold("Look"));
            entry.diagnose().forEach(step -> page.wrapped(step, "  ", "    "));
        }
        if (!entry.actions().isEmpty()) {
            page.line("").line(ink.bold("Do"));
            entry.actions().forEach(action -> page.wrapped(words(action), "  • ", "    "));
        }
    }

    private static String words(CatalogueEntry.Action action) {
        return (action.when() == null ? "" : action.when() + " → ")
                + action.action()
                + (action.time() == null ? "" : " (" + action.time() + ")");
    }
}
