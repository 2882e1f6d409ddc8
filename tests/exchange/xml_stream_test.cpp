// What a flow may hold, and what ends its reading. Expected values are worked out by hand.
#include "tests/catch.hpp"

#include "exchange/xml_names.hpp"
#include "exchange/xml_stream.hpp"

#include <cstring>
#include <functional>

using namespace spie;
using namespace spie::exchange;

namespace {

// "a(b=text c)" of what was read, or the fault in its place.
class Shown final : public XmlHandler {
public:
  void open(std::string_view name) override {
    text += std::string(name) + "(";
    if (name == "halte")
      throw std::runtime_error("halte");
  }
  void close(std::string_view, std::string_view inner) override { text += std::string(inner) + ")"; }
  std::string text;
};

std::string read(std::string_view xml, const XmlLimits &limits = {}) {
  Shown shown;
  const auto bytes = memory_bytes(xml);
  try {
    read_xml(*bytes, shown, limits);
  } catch (const XmlFault &fault) {
    return std::string(text(fault.code)) + " ligne " + std::to_string(fault.line);
  }
  return shown.text;
}

std::string motif(std::string_view xml) {
  Shown shown;
  const auto bytes = memory_bytes(xml);
  try {
    read_xml(*bytes, shown);
  } catch (const XmlFault &fault) {
    return fault.motif;
  }
  return {};
}

// A prefix, then the same byte for ever: what no memory holds.
class Endless final : public Octets {
public:
  Endless(std::string prefix, char byte, std::size_t size) : prefix_(std::move(prefix)), byte_(byte), left_(size) {}
  std::size_t read(char *buffer, std::size_t size) override {
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
  void rewind() override {}
  std::size_t given = 0;

private:
  std::string prefix_;
  char byte_;
  std::size_t left_;
};

} // namespace

TEST_CASE("elements come with the text of those that have no children", "[exchange][xml]") {
  CHECK(read("<a>\n\t<b>x &amp; y</b> <c/><d><![CDATA[<e>]]></d>\n</a>") == "a(b(x & y)c()d(<e>))");
  CHECK(read("<a><!-- rien --><?pi rien?>t</a>") == "a(t)");
}

TEST_CASE("the encoding is the one declared", "[exchange][xml]") {
  // 0x80 € and 0x9C œ of windows-1252; 0xE9 é; é in UTF-8 read as windows-1252 is what it says, Ã©.
  const std::string western = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>";
  CHECK(read(western + "\xE9\x80\x9C</a>") == "a(é€œ)");
  CHECK(read(western + "\xC3\xA9</a>") == "a(Ã©)");
  CHECK(read("<?xml version=\"1.0\" encoding=\"CP1252\"?><a>\x8C</a>") == "a(Œ)");
  CHECK(read("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><a>\xA4\xBD\xE9</a>") == "a(€œé)");
  CHECK(read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xE9</a>") == "a(é)");
  CHECK(read("<a>é</a>") == "a(é)"); // UTF-8 where nothing is said
  CHECK(read("\xEF\xBB\xBF<a>é</a>") == "a(é)");
}

TEST_CASE("bytes that stand for nothing are refused where they are", "[exchange][xml]") {
  const std::string western = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<a>\n";
  for (const char byte : {'\x81', '\x8D', '\x8F', '\x90', '\x9D'})
    CHECK(read(western + byte + "</a>") == "I003 ligne 3");
  CHECK(motif(western + "\x81</a>") == "un octet ne représente aucun caractère dans l'encodage déclaré : 0x81");
  CHECK(read("<a>\n\xE9</a>") == "I003 ligne 2"); // a record in another encoding than its file
  CHECK(read("<?xml version=\"1.0\" encoding=\"utf-8\"?><a>\xC3\xA9 \xE9t\xE9</a>") == "I003 ligne 1");
  CHECK(read("<?xml version=\"1.0\" encoding=\"EBCDIC-CP-FR\"?><a/>") == "I003 ligne 1");
}

TEST_CASE("a document type is refused, before any entity is read", "[exchange][xml]") {
  CHECK(read("<!DOCTYPE a><a/>") == "I002 ligne 1");
  CHECK(read("<!DOCTYPE lol [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]><lol>&m;</lol>") == "I002 ligne 1");
  CHECK(read("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") == "I002 ligne 1");
  CHECK(read("<a>&rien;</a>") == "I009 ligne 1");
}

TEST_CASE("what is no XML, what stops early and what is ill-formed differ", "[exchange][xml]") {
  CHECK(read("") == "I002 ligne 1");
  CHECK(read("Identifiant;Nom\n1;EXEMPLE\n") == "I002 ligne 1");
  CHECK(read("\x50\x4B\x03\x04") == "I002 ligne 1");
  CHECK(motif("<a><b>") == "le fichier s'arrête avant sa fin");
  CHECK(motif("<a><b>texte") == "le fichier s'arrête avant sa fin");
  CHECK(motif("<a><b></a>").starts_with("le XML est mal formé"));
  CHECK(motif("<a/><b/>").starts_with("le XML est mal formé"));
  CHECK(read(std::string("<a>\0</a>", 8)) == "I009 ligne 1");
}

TEST_CASE("limits hold", "[exchange][xml]") {
  XmlLimits limits;
  limits.depth = 3;
  limits.text = limits.attributes = 10;
  CHECK(read("<a><b><c/></b></a>", limits) == "a(b(c()))");
  CHECK(read("<a><b><c><d/></c></b></a>", limits) == "I004 ligne 1");
  CHECK(read("<a>0123456789</a>", limits) == "a(0123456789)");
  CHECK(read("<a>0123456789x</a>", limits) == "I004 ligne 1");
  CHECK(read("<a b='01234567890'/>", limits) == "I004 ligne 1");
}

TEST_CASE("a line of a gigabyte is read or refused in flat memory", "[exchange][xml]") {
  constexpr std::size_t gigabyte = std::size_t{1} << 30U;
  const auto refused_after = [](std::string prefix, char byte) {
    Shown shown;
    Endless bytes(std::move(prefix), byte, gigabyte);
    try {
      read_xml(bytes, shown);
    } catch (const XmlFault &fault) {
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
  CHECK_THROWS_AS(read_xml(blanks, shown), XmlFault);
  CHECK(blanks.given == std::size_t{64} << 20U);
}

TEST_CASE("what the handler throws passes, and ends the reading", "[exchange][xml]") {
  CHECK_THROWS_WITH(read("<a><halte/></a>"), "halte");
}

TEST_CASE("names are found, and no other", "[exchange][xml]") {
  static constexpr XmlNames names(std::array<std::string_view, 4>{"NIR", "NOM", "DetailDroitRSA", "DetailDrxxxRSA"});
  CHECK(names.find("NIR") == 0);
  CHECK(names.find("DetailDrxxxRSA") == 3);
  CHECK(names.find("NI") == 4);
  CHECK(names.find("") == 4);
  CHECK(names.find("DetailDryyyRSA") == 4);
}
