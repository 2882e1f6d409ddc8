// Badges in SVG: one element right after the start tag of the root, of the namespace of its generation, with a JWS in
// `verify` or JSON in a CDATA section (Open Badges 3.0 and CLR 2.0; Open Badges 1 and 2, "baking"). The image is read
// for places alone: its document type names nothing that is loaded, and what declares an entity is refused.
#include "credentials/carrier/found.hpp"
#include "text/encoding.hpp"
#include "text/words.hpp"
#include "xml/stream.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace spie::credentials::svg {

namespace {

struct Element {
  std::string_view space, name;
  Found::Slot slot;
};
constexpr std::array elements{
    Element{"https://purl.imsglobal.org/ob/v3p0", "credential", Found::Slot::openbadgecredential},
    Element{"https://purl.imsglobal.org/clr/v2p0", "credential", Found::Slot::clrcredential},
    Element{"http://openbadges.org", "assertion", Found::Slot::openbadges},
};
constexpr std::string_view prefix = "openbadges";
constexpr std::size_t most_declared = 256; // namespaces in scope
constexpr std::string_view cdata = "<![CDATA[", cdata_end = "]]>";

struct Name {
  std::string_view prefix, local;
};
Name name_of(std::string_view qualified) noexcept {
  const std::size_t colon = qualified.find(':');
  if (colon == std::string_view::npos)
    return {{}, qualified};
  return {qualified.substr(0, colon), qualified.substr(colon + 1)};
}

std::string_view trimmed_xml(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t from = text.find_first_not_of(blanks);
  return from == std::string_view::npos ? std::string_view()
                                        : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

class Places final : public xml::Handler {
public:
  explicit Places(std::string_view bytes) noexcept : bytes_(bytes) {}

  void open(std::string_view) override {}
  void close(std::string_view, std::string_view) override {}

  void open_tag(const xml::Tag &tag) override {
    const std::size_t declared = declared_.size();
    for (auto at = tag.attributes; *at != nullptr; at += 2)
      if (const Name name = name_of(at[0]); name.prefix == "xmlns")
        declared_.push_back({std::string(name.local), at[1]});
      else if (name.prefix.empty() && name.local == "xmlns")
        declared_.push_back({{}, at[1]});
    if (declared_.size() > most_declared) // each name is looked up among them
      refuse_at(static_cast<std::size_t>(tag.begin),
                {"l’image SVG déclare trop d’espaces de noms", "the SVG image declares too many namespaces"},
                Code::badge_limit);
    const Name name = name_of(tag.name);
    if (depth_.empty())
      open_root(tag, name);
    else if (const Element *element = element_of(name))
      begin(*element, tag);
    depth_.push_back(declared);
  }

  void close_tag(std::string_view, std::string_view text, std::int64_t begin, std::int64_t end) override {
    declared_.resize(depth_.back());
    depth_.pop_back();
    if (inside_ && depth_.size() == inside_->depth) {
      finish(text, static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
      inside_.reset();
    }
  }

  std::vector<Found> found;
  std::size_t root_begin = 0, root_end = 0;
  std::string root_name;
  std::optional<std::string> root_space; // what the prefix stands for on the root

private:
  struct Declared {
    std::string prefix, space;
  };
  struct Inside {
    std::size_t depth, content;
    std::string verify;
  };

  void open_root(const xml::Tag &tag, Name name) {
    if (name.local != "svg")
      refuse_at(static_cast<std::size_t>(tag.begin), {"ce n’est pas une image SVG : son premier élément n’est pas svg",
                                                      "no SVG image stands here: its first element is not svg"});
    root_begin = static_cast<std::size_t>(tag.begin);
    root_end = static_cast<std::size_t>(tag.end);
    root_name = tag.name;
    for (const Declared &one : declared_)
      if (one.prefix == prefix)
        root_space = one.space;
  }

  const Element *element_of(Name name) const {
    if (inside_ || (name.local != "credential" && name.local != "assertion"))
      return nullptr;
    const auto space = std::find_if(declared_.rbegin(), declared_.rend(),
                                    [&](const Declared &one) { return one.prefix == name.prefix; });
    if (space == declared_.rend())
      return nullptr;
    const auto element = std::find_if(elements.begin(), elements.end(), [&](const Element &one) {
      return one.space == space->space && one.name == name.local;
    });
    return element == elements.end() ? nullptr : &*element;
  }

  void begin(const Element &element, const xml::Tag &tag) {
    inside_ = Inside{depth_.size(), static_cast<std::size_t>(tag.end), {}};
    for (auto at = tag.attributes; *at != nullptr; at += 2)
      if (std::string_view(at[0]) == "verify")
        inside_->verify = at[1];
    found.push_back({element.slot, static_cast<std::size_t>(tag.begin), 0, {}});
  }

  // A JWS stands in `verify`; of Open Badges 1 and 2, an address may too, with the badge itself beside it.
  void finish(std::string_view text, std::size_t begin, std::size_t end) {
    Found &one = found.back();
    one.end = end;
    const bool signature = std::count(inside_->verify.begin(), inside_->verify.end(), '.') == 2 &&
                           inside_->verify.find_first_of(":/") == std::string::npos;
    if (!signature && !trimmed_xml(text).empty())
      one.text = written(text, begin);
    else
      one.text = trimmed_xml(inside_->verify);
    if (one.text.size() > most_badge_bytes)
      refuse_larger(one.begin, most_badge_bytes);
  }

  // The text as it was written, where it is one CDATA section: XML makes one end of line of two characters.
  std::string_view written(std::string_view text, std::size_t end) const {
    const std::string_view content = trimmed_xml(bytes_.substr(inside_->content, end - inside_->content));
    if (content.size() >= cdata.size() + cdata_end.size() && content.starts_with(cdata) &&
        content.find(cdata_end) == content.size() - cdata_end.size())
      return content.substr(cdata.size(), content.size() - cdata.size() - cdata_end.size());
    return text;
  }

  std::string_view bytes_;
  std::vector<Declared> declared_;
  std::vector<std::size_t> depth_; // of each open element, the declarations that stood outside it
  std::optional<Inside> inside_;   // of the badge that is open
};

xml::Source source_of(std::string_view bytes) {
  return [bytes](char *buffer, std::size_t size) mutable {
    const std::size_t count = bytes.copy(buffer, size);
    bytes.remove_prefix(count);
    return count;
  };
}

[[noreturn]] void refuse_encoding(std::size_t offset) {
  refuse_at(offset, {"l’image SVG n’est pas en UTF-8", "the SVG image is not in UTF-8"}, Code::badge_carrier,
            {"l’enregistrer en UTF-8", "Save it in UTF-8."});
}

[[noreturn]] void refuse(const xml::Fault &fault) {
  const auto at = static_cast<std::size_t>(std::max<std::int64_t>(fault.offset, 0));
  switch (fault.code) {
  case Code::import_limit:
    refuse_at(at,
              {"l’image SVG dépasse une limite : ses éléments sont trop imbriqués, ou l’un d’eux trop long",
               "the SVG image exceeds a limit: its elements are too deep, or one of them too long"},
              Code::badge_limit);
  case Code::import_encoding:
    refuse_encoding(at);
  case Code::import_format:
    refuse_at(at,
              {"l’image SVG n’est pas un document XML, ou définit des entités",
               "the SVG image is no XML document, or defines entities"},
              Code::badge_carrier,
              {"l’enregistrer sans définition d’entité (SVG simple)",
               "Save it without definitions of entities (plain SVG)."});
  default:
    refuse_at(at, {"l’image SVG est coupée, ou n’est pas du XML bien formé",
                   "the SVG image is cut, or is not well-formed XML"});
  }
}

void read(std::string_view bytes, Places &places) {
  if (bytes.size() > most_svg_bytes)
    refuse_larger(most_svg_bytes, most_svg_bytes);
  if (const auto fault = utf8_fault(bytes))
    refuse_encoding(*fault);
  xml::Limits limits;
  limits.depth = 256;
  limits.text = limits.attributes = limits.token = most_svg_bytes; // pictures stand in attributes, as base64
  limits.document_type = limits.utf8_alone = true;
  try {
    xml::read(source_of(bytes), places, limits);
  } catch (const xml::Fault &fault) {
    refuse(fault);
  }
}

} // namespace

bool is_svg(std::string_view bytes) {
  // What may stand before the root: a mark, a declaration, comments, a document type. All of it is short.
  if (bytes.starts_with(byte_order_mark))
    bytes.remove_prefix(byte_order_mark.size());
  return trimmed_xml(bytes.substr(0, 1024)).starts_with('<');
}

std::vector<Found> find(std::string_view bytes) {
  Places places(bytes);
  read(bytes, places);
  return std::move(places.found);
}

std::string bake(std::string_view bytes, Found::Slot slot, std::string_view text, bool is_jws, bool overwrite) {
  Places places(bytes);
  read(bytes, places);
  refuse_second(places.found, overwrite);

  const auto element =
      std::find_if(elements.begin(), elements.end(), [&](const Element &one) { return one.slot == slot; });
  const std::string declaration = " xmlns:" + std::string(prefix) + "=\"" + std::string(element->space) + "\"";
  const std::string name = std::string(prefix) + ":" + std::string(element->name);
  // Another generation may have taken the prefix on the root: then the element declares its own.
  const bool declare_here = places.root_space && *places.root_space != element->space;
  std::string badge = "<" + name + (declare_here ? declaration : "");
  if (is_jws) {
    badge += " verify=\"" + std::string(text) + "\"/>";
  } else {
    std::string body(text);
    for (std::size_t at = 0; (at = body.find(cdata_end, at)) != std::string::npos;)
      body.replace(at, cdata_end.size(), "]]\\u003e");
    badge += ">" + std::string(cdata) + body + std::string(cdata_end) + "</" + name + ">";
  }

  const std::size_t begin = places.root_begin, end = places.root_end;
  std::string tag(bytes.substr(begin, end - begin));
  if (!places.root_space)
    tag.insert(1 + places.root_name.size(), declaration);
  std::vector<Found> rest = places.found;
  if (tag.ends_with("/>")) { // a root with nothing in it opens for the badge
    tag.replace(tag.size() - 2, 2, ">");
    badge += "</" + places.root_name + ">";
  }
  for (Found &one : rest) {
    one.begin -= end;
    one.end -= end;
  }
  return std::string(bytes.substr(0, begin)) + tag + badge + without(bytes.substr(end), rest);
}

} // namespace spie::credentials::svg
