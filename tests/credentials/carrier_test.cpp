// Images with badges in them. Those of tests/credentials/donnees were written by another program (Python's zlib and
// struct), the published ones by the authors of the formats; places in them are counted by hand.
#include "tests/credentials/files.hpp"

#include "credentials/carrier.hpp"
#include "credentials/carrier/deflate.hpp"
#include "spie/credentials/image.hpp"

#include <random>

using namespace spie;
using namespace spie::credentials;
using spie::testing::own_file;
using spie::testing::published;
using spie::testing::refusal;
using Kind = Extracted::Kind;

namespace {

std::string extract_refusal(std::string_view bytes) {
  return refusal([&] { extract(bytes); });
}

std::string replaced(std::string text, std::string_view part, std::string_view other) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), other);
}

// What was put in, where it stands; the rest is what was before.
bool kept_around(std::string_view before, std::string_view after) {
  if (after.size() <= before.size())
    return false;
  std::size_t head = 0, tail = 0;
  while (head < before.size() && before[head] == after[head])
    ++head;
  while (tail < before.size() - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  return head + tail == before.size();
}

const std::string jws =
    "eyJhbGciOiJFZERTQSJ9."
    // {"@context":["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]}
    "eyJAY29udGV4dCI6WyJodHRwczovL3B1cmwuaW1zZ2xvYmFsLm9yZy9zcGVjL29iL3YzcDAvY29udGV4dC0zLjAuMy5qc29"
    "uIl19.c2lnbmF0dXJl";
const std::string record = R"({"@context": ["https://www.w3.org/ns/credentials/v2",
  "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "partial": true})";

} // namespace

TEST_CASE("a badge that another program baked is cut out of a PNG", "[credentials][carrier]") {
  const Extracted badge = extract(own_file("incruste.png"));
  CHECK(badge.form == Form::png);
  CHECK(badge.kind == Kind::json);
  CHECK(badge.generation == Generation::ob3);
  CHECK(badge.bytes == own_file("badge.json"));

  const Extracted old = extract(own_file("ob2.png"));
  CHECK(old.generation == Generation::ob2);
  CHECK(old.bytes.starts_with("{\"@context\": \"https://w3id.org/openbadges/v2\""));
  CHECK(extract(own_file("ob2-comprime.png")).bytes == old.bytes);

  const Extracted oldest = extract(own_file("ob1.png"));
  CHECK(oldest.generation == Generation::ob1);
  CHECK(oldest.kind == Kind::address);
  CHECK(oldest.bytes == "https://exemple.fr/badges/1.json");
}

TEST_CASE("a PNG is baked as another program bakes it, byte for byte", "[credentials][carrier]") {
  CHECK(bake(own_file("vide.png"), own_file("badge.json")) == own_file("incruste.png"));
}

TEST_CASE("bake then extract is the identity, and all other bytes are kept", "[credentials][carrier]") {
  std::mt19937 random(20261129);
  for (const std::string_view name : {"vide.png", "vide.svg"}) {
    const std::string image = own_file(name);
    for (int turn = 0; turn < 60; ++turn) {
      // Texts that hurt: accents, right-to-left, pictures, ends of lines, what XML would read.
      constexpr std::string_view pieces[] = {
          "é",    "’",  "« œ »", "👩🏽‍🍳", "مريم",      "\r\n", "\n", "&amp;",
          "<a/>", "]]", ">",     "\\u0000",         "<![CDATA[", "\t",   " ",  "--"};
      std::string badge = R"({"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "nom": ")";
      std::string blanks;
      for (std::size_t i = random() % 12; i > 0; --i)
        if (const auto piece = pieces[random() % std::size(pieces)]; piece == "\r\n" || piece == "\n" || piece == "\t")
          blanks += piece;
        else if (!(piece == ">" && badge.ends_with("]]")))
          badge += piece;
      badge += "\"" + blanks + "}" + blanks;
      const std::string baked = bake(image, badge);
      const Extracted back = extract(baked);
      CHECK(back.bytes == badge);
      CHECK(back.generation == Generation::ob3);
      if (name == "vide.png")
        CHECK(kept_around(image, baked));
      CHECK(bake(baked, badge, true) == baked);
    }
    const std::string signed_one = bake(image, jws + "\n");
    CHECK(extract(signed_one).bytes == jws);
    CHECK(extract(signed_one).kind == Kind::jws);
    const std::string clr = bake(signed_one, record, true);
    CHECK(extract(clr).bytes == record);
    CHECK(extract(clr).generation == Generation::clr2);
    CHECK(clr.find(jws) == std::string::npos);
    CHECK(refusal([&] { bake(clr, jws); }).starts_with("B011 byte "));
  }
}

TEST_CASE("a badge in SVG stands right after the root, which names its namespace", "[credentials][carrier]") {
  const std::string image = own_file("vide.svg");
  const std::string space = " xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";
  const std::string expected = replaced(replaced(image, "<svg ", "<svg" + space + " "), " >\t<title>",
                                        " ><openbadges:credential verify=\"" + jws + "\"/>\t<title>");
  CHECK(bake(image, jws) == expected);
  // CDATA ends nowhere but at its end.
  const std::string badge = R"({"@context": "https://purl.imsglobal.org/spec/ob/v3p0/context.json", "a": "x]]>y"})";
  const std::string baked = bake(image, badge);
  CHECK(baked.find("<openbadges:credential><![CDATA[{\"@context\"") != std::string::npos);
  CHECK(extract(baked).bytes == replaced(badge, "]]>", "]]\\u003e"));
  // A root with nothing in it.
  CHECK(bake("<s:svg xmlns:s='http://www.w3.org/2000/svg'/>", jws) ==
        "<s:svg" + space + " xmlns:s='http://www.w3.org/2000/svg'><openbadges:credential verify=\"" + jws +
            "\"/></s:svg>");
  // The prefix is taken by another generation: its badge goes, the declaration of the root stays.
  const std::string old = "<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:assertion "
                          "verify=\"https://exemple.fr/1.json\"/><g/></svg>";
  CHECK(extract(old).bytes == "https://exemple.fr/1.json");
  CHECK(extract(old).generation == Generation::ob1);
  CHECK(refusal([&] { bake(old, jws); }) == "B011 byte 46");
  CHECK(bake(old, jws, true) == "<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:credential" + space +
                                    " verify=\"" + jws + "\"/><g/></svg>");
}

TEST_CASE("the prefix of a namespace is whatever the image says", "[credentials][carrier]") {
  CHECK(extract("<svg><b:credential xmlns:b='https://purl.imsglobal.org/ob/v3p0' verify='" + jws + "'/></svg>").bytes ==
        jws);
  // The name alone is not enough, nor the namespace.
  CHECK(extract_refusal("<svg><credential verify='" + jws + "'/></svg>") == "B011");
  CHECK(extract_refusal("<svg xmlns:openbadges='https://exemple.fr'><openbadges:credential verify='a.b.c'/></svg>") ==
        "B011");
  // Of an assertion that is hosted, the body is the badge.
  const Extracted hosted = extract("<svg xmlns:openbadges='http://openbadges.org'><openbadges:assertion "
                                   "verify='https://exemple.fr/1'><![CDATA[{\"@context\": "
                                   "\"https://w3id.org/openbadges/v2\"}]]></openbadges:assertion></svg>");
  CHECK(hosted.kind == Kind::json);
  CHECK(hosted.generation == Generation::ob2);
}

TEST_CASE("the published images give their badges", "[credentials][carrier]") {
  for (const std::string_view name : {"ob30/simple-json.png", "ob30/simple-jwt.png", "ob30/simple-jwt_v1.png",
                                      "ob30/simple-json.svg", "ob30/simple-jwt.svg", "ob30/simple-jwt_v1.svg"}) {
    const auto image = published(name);
    if (!image)
      return;
    INFO(name);
    const Extracted badge = extract(*image);
    CHECK(badge.form == (name.ends_with("png") ? Form::png : Form::svg));
    CHECK(badge.kind == (name.find("json.") != std::string_view::npos ? Kind::json : Kind::jws));
    CHECK(badge.generation == Generation::ob3);
    CHECK(image->find(badge.bytes) != std::string::npos);
    CHECK(refusal([&] { bake(*image, jws); }).starts_with("B011 byte "));
    const std::string again = bake(*image, jws, true);
    CHECK(extract(again).bytes == jws);
    // Putting the first badge back gives the image back, but for the blanks that a person wrote around it in XML.
    if (badge.form == Form::png)
      CHECK(bake(again, badge.bytes, true) == *image);
  }
  const auto picture = published("ob20/assets/robotics-badge.png");
  CHECK(extract_refusal(*picture) == "B011");
  CHECK(kept_around(*picture, bake(*picture, jws)));
  CHECK(extract(*published("ob30/simple.json")).generation == Generation::ob3);
  CHECK(extract(*published("ob30/simple.jwt")).generation == Generation::ob3);
  CHECK(extract(*published("ob30/velocity.jwt")).generation == Generation::ob3);
  CHECK(extract(*published("ob20/simple.jwt")).generation == Generation::ob2);
}

TEST_CASE("a PNG that is cut or altered is refused at its byte", "[credentials][carrier]") {
  // signature 0, IHDR 8-32, pHYs 33-53, iTXt 336… in incruste.png
  const std::string image = own_file("incruste.png");
  const std::size_t text = image.find("iTXt") - 4, end = image.size() - 12;
  CHECK(extract_refusal(image.substr(0, 8)) == "B011 byte 8");
  CHECK(extract_refusal(image.substr(0, 40)) == "B011 byte 33");
  CHECK(extract_refusal(image.substr(0, end)) == "B011 byte " + std::to_string(end));
  CHECK(extract_refusal(image.substr(0, end + 11)) == "B011 byte " + std::to_string(end));
  for (std::size_t at = 8; at < image.size(); ++at) { // whatever the byte that changes, it is seen
    std::string altered = image;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    CHECK(extract_refusal(altered).starts_with("B011 byte "));
  }
  std::string long_chunk = image;
  long_chunk[text] = '\xFF';
  CHECK(extract_refusal(long_chunk) == "B011 byte " + std::to_string(text));
  CHECK(extract(image + "suite").bytes == own_file("badge.json")); // what follows the image is kept
  CHECK(bake(own_file("vide.png") + "suite", own_file("badge.json")) == image + "suite");
}

TEST_CASE("bombs stop at their bound", "[credentials][carrier]") {
  CHECK(extract_refusal(own_file("bombe.png")).starts_with("B012 byte "));
  CHECK(extract_refusal(std::string(own_file("vide.png")) + std::string(most_image_bytes, 'x')).starts_with("B012"));
  CHECK(extract_refusal("{" + std::string(most_badge_bytes, ' ') + "}").starts_with("B012"));
  CHECK(extract_refusal("<svg>" + std::string(most_svg_bytes, ' ') + "</svg>").starts_with("B012"));
  std::string deep = "<svg>";
  for (int i = 0; i < 10'000; ++i)
    deep += "<g>";
  CHECK(extract_refusal(deep).starts_with("B012 byte "));
  // Each name is looked up among the namespaces.
  std::string spaces = "<svg";
  for (int i = 0; i < 100'000; ++i)
    spaces += " xmlns:p" + std::to_string(i) + "=\"u\"";
  spaces += ">";
  for (int i = 0; i < 100'000; ++i)
    spaces += "<q:credential/>";
  CHECK(extract_refusal(spaces + "</svg>") == "B012 byte 0");
  // A million empty chunks: each is read once, and no text is unfolded twice.
  std::string many = own_file("vide.png");
  const std::string empty = std::string("\0\0\0\0", 4) + "tEXt" + "\x96\x42\xC5\x85"; // CRC of "tEXt", by Python's zlib
  std::string chunks;
  for (int i = 0; i < 1'000'000; ++i)
    chunks += empty;
  many.insert(many.size() - 12, chunks);
  CHECK(extract_refusal(many) == "B011");
}

TEST_CASE("an SVG loads nothing and expands nothing", "[credentials][carrier]") {
  CHECK(
      extract_refusal("<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>").starts_with("B011 by"));
  CHECK(
      extract_refusal("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>").starts_with("B011 b"));
  CHECK(extract_refusal("<!DOCTYPE svg [<!ENTITY % x SYSTEM 'http://exemple.fr'> %x;]><svg/>").starts_with("B011 by"));
  CHECK(extract_refusal("<!DOCTYPE svg SYSTEM 'svg.dtd'><svg>&nbsp;</svg>").starts_with("B011 byte "));
  CHECK(extract_refusal("<?xml version='1.0' encoding='ISO-8859-1'?><svg/>").starts_with("B011 byte "));
  CHECK(extract_refusal("<svg>\xE9</svg>") == "B011 byte 5");
  CHECK(extract_refusal(std::string("\xFF\xFE<\0s\0", 6)) == "B011");
  CHECK(extract_refusal("<svg><g></svg>") == "B011 byte 10");
  CHECK(extract_refusal("<html/>") == "B011 byte 0");
}

TEST_CASE("what is no badge is not taken for one", "[credentials][carrier]") {
  for (const std::string_view bytes : {"", "   ", "[]", "a.b", "https://exemple.fr/1.json", "GIF89a", "a.b.c.d"})
    CHECK(extract_refusal(bytes) == "B011");
  CHECK(refusal([] { bake(own_file("vide.png"), "{\"@context\": \"https://w3id.org/openbadges/v2\"}"); }) == "B011");
  CHECK(refusal([] { bake(own_file("vide.png"), own_file("vide.png")); }) == "B011");
  CHECK(refusal([] { bake(own_file("badge.json"), own_file("badge.json")); }) == "B011");
}

TEST_CASE("bytes are inflated up to what was asked", "[credentials][deflate]") {
  using State = Inflated::State;
  const std::string zeros(16'384, '\0');
  const std::string packed = gzipped(zeros);
  CHECK(packed.size() < 100);
  CHECK(packed.substr(0, 10) == std::string("\x1F\x8B\x08\0\0\0\0\0\x02\xFF", 10)); // RFC 1952: no name, no date
  CHECK(inflated(packed, Container::gzip, 16'384).bytes == zeros);
  CHECK(inflated(packed, Container::gzip, 16'383).state == State::too_long);
  CHECK(inflated(packed.substr(0, packed.size() - 1), Container::gzip, 20'000).state == State::cut);
  CHECK(inflated(packed + "x", Container::gzip, 20'000).state == State::ill_formed);
  CHECK(inflated("", Container::gzip, 20'000).state == State::cut);
  CHECK(inflated("abcdefgh", Container::zlib, 20'000).state == State::ill_formed);
  CHECK(crc32("123456789") == 0xCBF43926); // the check value of CRC-32/ISO-HDLC
}

TEST_CASE("an image carries a badge, and gives it back, through the public header", "[credentials][carrier]") {
  const Extrait old = extraire(own_file("ob2.png"));
  CHECK(old.support == "png");
  CHECK(old.generation == "ob2");
  const std::string empty = own_file("vide.svg");
  const std::string baked = incruster(empty, record);
  const Extrait found = extraire(baked);
  CHECK(found.support == "svg");
  CHECK(found.forme == "json");
  CHECK(found.generation == "clr2");
  CHECK(found.badge == record);
  CHECK(found.badges == 1);
  CHECK(refusal([&] { incruster(baked, jws); }).starts_with("B011"));
  CHECK(extraire(incruster(baked, jws, true)).forme == "jws");
  CHECK(extraire(jws + "\n").badge == jws);
  CHECK(refusal([&] { extraire(empty); }).starts_with("B011"));
  const Qr code = code_qr("https://exemple.fr/b", "urn:1", record);
  CHECK(code.texte.starts_with("https://exemple.fr/b#id=urn:1&sha256="));
  CHECK(code.modules.size() == static_cast<std::size_t>(code.cote) * static_cast<std::size_t>(code.cote));
  CHECK(refusal([&] { code_qr("http://exemple.fr/b", "urn:1", record); }).starts_with("B011"));
}
