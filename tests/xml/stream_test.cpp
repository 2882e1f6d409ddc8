// What a flow may hold, and what ends its reading. Expected values are worked out by hand.
#include "tests/catch.hpp"

#include "xml/stream.hpp"

#include <cstring>
#include <functional>

using namespace spie;
using namespace spie::xml;

namespace {

// "a(b=text c)" of what was read, or the fault in its place.
class Shown final : public Handler {
public:
  void open(std::string_view name) override {
    text += std::string(name) + "(";
    if (name == "halte")
      throw std::runtime_error("halte");
  }
  void close(std::string_view, std::string_view inner) override { text += std::string(inner) + ")"; }
  std::string text;
};

Source of(std::string_view text) {
  return [text](char *buffer, std::size_t size) mutable {
    const std::size_t count = text.copy(buffer, size);
    text.remove_prefix(count);
    return count;
  };
}

std::string shown_of(std::string_view xml, const Limits &limits = {}) {
  Shown shown;
  const Source source = of(xml);
  try {
    xml::read(source, shown, limits);
  } catch (const Fault &fault) {
    return std::string(text(fault.code)) + " ligne " + std::to_string(fault.line);
  }
  return shown.text;
}

std::string motif(std::string_view xml) {
  Shown shown;
  const Source source = of(xml);
  try {
    xml::read(source, shown);
  } catch (const Fault &fault) {
    return fault.motif;
  }
  return {};
}

// A prefix, then the same byte for ever: what no memory holds.
class Endless final {
public:
  Endless(std::string prefix, char byte, std::size_t size) : prefix_(std::move(prefix)), byte_(byte), left_(size) {}
  std::size_t operator()(char *buffer, std::size_t size) {
    if (!prefix_.empty()) {
      const std::size_t count = std::min(size, prefix_.size());
      std::memcpy(buffer, prefix_.data(), count);
      prefix_.erase(0, count);
      return count;
    }
    const std::size_t count = std::min(size, left_);
    std::memset(buffer, byte_, count);
    left_ -= count;
    given += count;
    return count;
  }
  std::size_t given = 0;

private:
  std::string prefix_;
  char byte_;
  std::size_t left_;
};

} // namespace

TEST_CASE("elements come with the text of those that have no children", "[xml]") {
  CHECK(shown_of("<a>\n\t<b>x &amp; y</b> <c/><d><![CDATA[<e>]]></d>\n</a>") == "a(b(x & y)c()d(<e>))");
  CHECK(shown_of("<a><!-- rien --><?pi rien?>t</a>") == "a(t)");
}

TEST_CASE("the encoding is the one declared", "[xml]") {
  // 0x80 € and 0x9C œ of windows-1252; 0xE9 é; é in UTF-8 read as windows-1252 is what it says, Ã©.
  const std::string western = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>";
  CHECK(shown_of(western + "\xE9\x80\x9C</a>") == "a(é€œ)");
  CHECK(shown_of(western + "\xC3\xA9</a>") == "a(Ã©)");
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"CP1252\"?><a>\x8C</a>") == "a(Œ)");
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><a>\xA4\xBD\xE9</a>") == "a(€œé)");
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>") == "a(é)");
  CHECK(shown_of("<a>é</a>") == "a(é)"); // UTF-8 where nothing is said
  CHECK(shown_of("\xEF\xBB\xBF<a>é</a>") == "a(é)");
}

TEST_CASE("bytes that stand for nothing are refused where they are", "[xml]") {
  const std::string western = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<a>\n";
  for (const char byte : {'\x81', '\x8D', '\x8F', '\x90', '\x9D'})
    CHECK(shown_of(western + byte + "</a>") == "I003 ligne 3");
  CHECK(motif(western + "\x81</a>") == "un octet ne représente aucun caractère dans l'encodage déclaré : 0x81");
  CHECK(shown_of("<a>\n\xE9</a>") == "I003 ligne 2"); // a record in another encoding than its file
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"utf-8\"?><a>\xC3\xA9 \xE9t\xE9</a>") == "I003 ligne 1");
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"EBCDIC-CP-FR\"?><a/>") == "I003 ligne 1");
}

TEST_CASE("a document type is refused, before any entity is read", "[xml]") {
  CHECK(shown_of("<!DOCTYPE a><a/>") == "I002 ligne 1");
  CHECK(shown_of("<!DOCTYPE lol [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]><lol>&m;</lol>") == "I002 ligne 1");
  CHECK(shown_of("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") == "I002 ligne 1");
  CHECK(shown_of("<a>&rien;</a>") == "I009 ligne 1");
}

TEST_CASE("what is no XML, what stops early and what is ill-formed differ", "[xml]") {
  CHECK(shown_of("") == "I002 ligne 1");
  CHECK(shown_of("Identifiant;Nom\n1;EXEMPLE\n") == "I002 ligne 1");
  CHECK(shown_of("\x50\x4B\x03\x04") == "I002 ligne 1");
  CHECK(motif("<a><b>") == "le fichier s'arrête avant sa fin");
  CHECK(motif("<a><b>texte") == "le fichier s'arrête avant sa fin");
  CHECK(motif("<a><b></a>").starts_with("le XML est mal formé"));
  CHECK(motif("<a/><b/>").starts_with("le XML est mal formé"));
  CHECK(shown_of(std::string("<a>\0</a>", 8)) == "I009 ligne 1");
}

TEST_CASE("limits hold", "[xml]") {
  Limits limits;
  limits.depth = 3;
  limits.text = limits.attributes = 10;
  CHECK(shown_of("<a><b><c/></b></a>", limits) == "a(b(c()))");
  CHECK(shown_of("<a><b><c><d/></c></b></a>", limits) == "I004 ligne 1");
  CHECK(shown_of("<a>0123456789</a>", limits) == "a(0123456789)");
  CHECK(shown_of("<a>0123456789x</a>", limits) == "I004 ligne 1");
  CHECK(shown_of("<a b='01234567890'/>", limits) == "I004 ligne 1");
}

TEST_CASE("a line of a gigabyte is read or refused in flat memory", "[xml]") {
  constexpr std::size_t gigabyte = std::size_t{1} << 30U;
  const auto refused_after = [](std::string prefix, char byte) {
    Shown shown;
    Endless bytes(std::move(prefix), byte, gigabyte);
    try {
      xml::read(std::ref(bytes), shown);
    } catch (const Fault &fault) {
      CHECK(fault.code == Code::import_limit);
      return bytes.given;
    }
    return gigabyte;
  };
  CHECK(refused_after("<a>", 'x') < (std::size_t{1} << 18U));      // one text
  CHECK(refused_after("<a><!-- ", 'x') < (std::size_t{1} << 22U)); // one comment
  CHECK(refused_after("<a b='", 'x') < (std::size_t{1} << 22U));   // one attribute
  CHECK(refused_after("<", 'x') < (std::size_t{1} << 22U));        // one name
  Shown shown; // blanks between elements are nothing: they pass, to the end of the file, which is early
  Endless blanks("<a><b/>", ' ', std::size_t{64} << 20U);
  CHECK_THROWS_AS(xml::read(std::ref(blanks), shown), Fault);
  CHECK(blanks.given == std::size_t{64} << 20U);
}

TEST_CASE("what the handler throws passes, and ends the reading", "[xml]") {
  CHECK_THROWS_WITH(shown_of("<a><halte/></a>"), "halte");
}

TEST_CASE("a document type may stand where it is asked for, and gives nothing", "[xml]") {
  Limits limits;
  limits.document_type = true;
  CHECK(shown_of("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>t</a>", limits) == "a(t)");
  CHECK(shown_of("<!DOCTYPE a [<!ENTITY l \"lol\">]>\n<a/>", limits) == "I002 ligne 1");
  CHECK(shown_of("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", limits) == "I002 ligne 1");
  CHECK(shown_of("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://exemple.fr/\"> %x;]><a/>", limits) == "I002 ligne 1");
  CHECK(shown_of("<!DOCTYPE a SYSTEM \"a.dtd\">\n<a>&rien;</a>", limits) == "I009 ligne 2");
}

TEST_CASE("where UTF-8 alone is read, another declaration is refused", "[xml]") {
  Limits limits;
  limits.utf8_alone = true;
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"Utf-8\"?><a>é</a>", limits) == "a(é)");
  CHECK(shown_of("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", limits) == "I003 ligne 1");
}

TEST_CASE("tags are given with their bytes and their attributes", "[xml]") {
  struct Places final : Handler {
    void open(std::string_view) override {}
    void close(std::string_view, std::string_view) override {}
    void open_tag(const Tag &tag) override {
      text += std::string(tag.name) + " " + std::to_string(tag.begin) + "-" + std::to_string(tag.end);
      for (auto at = tag.attributes; *at != nullptr; at += 2)
        text += std::string(" ") + at[0] + "=" + at[1];
      text += "; ";
    }
    void close_tag(std::string_view name, std::string_view, std::int64_t begin, std::int64_t end) override {
      text += "/" + std::string(name) + " " + std::to_string(begin) + "-" + std::to_string(end) + "; ";
    }
    std::string text;
  } places;
  // 0         1         2
  // 0123456789012345678901234567
  xml::read(of("<a x='1' y='&lt;'>é<b/></a >"), places);
  CHECK(places.text == "a 0-18 x=1 y=<; b 20-24; /b 24-24; /a 24-29; ");
}
