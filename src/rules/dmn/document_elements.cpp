// What every element of DMN has: a name, a place, a namespace, a text, references.
#include "rules/dmn/document_reader.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>

namespace spie::dmn {

namespace {

struct NamedVersion {
  std::string_view uri, version;
};
constexpr std::array<NamedVersion, 5> versions{{{"www.omg.org/spec/DMN/20180521/MODEL", "1.2"},
                                                {"www.omg.org/spec/DMN/20191111/MODEL", "1.3"},
                                                {"www.omg.org/spec/DMN/20211108/MODEL", "1.4"},
                                                {"www.omg.org/spec/DMN/20230324/MODEL", "1.5"},
                                                {"www.omg.org/spec/DMN/20240513/MODEL", "1.6"}}};
// Of 1.1, tools write the day alone, or a file after it; Flowable wrote a day of its own.
constexpr std::array<std::string_view, 2> days_of_1_1{"www.omg.org/spec/DMN/20151101", "www.omg.org/spec/DMN/20153011"};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

} // namespace

// Some tools write http where the standard writes https, or leave out the slash at the end, or put a blank before it.
std::string_view version_of(std::string_view uri) {
  while (!uri.empty() && is_space(uri.front()))
    uri.remove_prefix(1);
  while (!uri.empty() && (is_space(uri.back()) || uri.back() == '/'))
    uri.remove_suffix(1);
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!uri.starts_with(scheme))
      continue;
    uri.remove_prefix(scheme.size());
    for (const NamedVersion &known : versions)
      if (uri == known.uri)
        return known.version;
    for (const std::string_view day : days_of_1_1)
      if (uri == day || (uri.starts_with(day) && uri[day.size()] == '/'))
        return "1.1";
    break;
  }
  return {};
}

bool is_feel(std::string_view language) {
  // B-FEEL (DMN 1.6) reads the same texts and gives other values: it is another language.
  return language.empty() || language == "feel" || language == "FEEL" ||
         (language.find("omg.org/spec/") != std::string_view::npos && language.find("FEEL") != std::string_view::npos &&
          language.find("B-FEEL") == std::string_view::npos);
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return std::string(text);
}

void DocumentReader::refuse(std::string message, std::uint32_t at, std::string_view limit) const {
  if (!limit.empty())
    throw Error(feel::beyond_limit(Code::dmn_xml, std::move(message), place(at), limit));
  refuse_words(std::move(message), at, {});
}

void DocumentReader::refuse_words(std::string message, std::uint32_t at, std::string_view words) const {
  throw Error(Diagnostic{Code::dmn_xml, Level::error, std::move(message), place(at), {}, shortened(words)});
}

std::string DocumentReader::place(std::uint32_t at) const {
  return at == 0 ? source_.name : source_.name + ":" + std::to_string(at);
}

std::string DocumentReader::where(std::uint32_t at) const {
  return element_.empty() ? place(at) : place(at) + ", " + element_;
}

void DocumentReader::find(std::string message, std::uint32_t at, Level level) {
  findings_.push_back({Code::dmn_structure, level, std::move(message), where(at)});
}

void DocumentReader::spoil(std::string message, std::uint32_t at) {
  find(std::move(message), at);
  spoiled_ = true;
}

std::uint32_t DocumentReader::line_at(std::ptrdiff_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(),
                                      static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, offset)));
  return static_cast<std::uint32_t>(after - line_starts_.begin()) + 1;
}

std::uint32_t DocumentReader::line(pugi::xml_node node) const { return line_at(node.offset_debug()); }

std::string DocumentReader::attribute(pugi::xml_node node, const char *key) { return node.attribute(key).value(); }

std::string DocumentReader::uri_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string key = colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (pugi::xml_node at = node; at; at = at.parent())
    if (const auto found = at.attribute(key.c_str()))
      return found.value();
  return {};
}

std::string_view DocumentReader::local(pugi::xml_node node) {
  if (node.type() != pugi::node_element)
    return {};
  std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
  // Prefixes are declared on the root in practice: remember the last one seen there.
  if (!(known_prefix_ && prefix == *known_prefix_ && !node.attribute("xmlns"))) {
    if (version_of(uri_of(node)).empty())
      return {};
    if (!node.parent() || node.parent().type() == pugi::node_document)
      known_prefix_ = std::string(prefix);
  }
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void DocumentReader::name(pugi::xml_node node, Named &result) {
  result.id = attribute(node, "id");
  result.name = trimmed(attribute(node, "name"));
  result.label = attribute(node, "label");
  result.line = line(node);
  for (const auto &child : node.children())
    if (local(child) == "description")
      result.description = trimmed(child.text().get());
}

bool DocumentReader::is_aside(std::string_view local) {
  return local.empty() || local == "description" || local == "extensionElements";
}

void DocumentReader::unexpected(pugi::xml_node node) {
  if (is_aside(local(node)))
    return;
  find("the element `" + std::string(local(node)) + "` is not expected in `" + std::string(local(node.parent())) + "`",
       line(node));
}

Text DocumentReader::text(pugi::xml_node node, std::string_view beside) {
  Text result;
  result.line = line(node);
  bool written = false;
  for (const auto &child : node.children())
    if (local(child) == "text") {
      if (std::exchange(written, true))
        spoil("a second text stands beside the first", line(child));
      // CDATA and plain parts of one text are siblings.
      for (const auto &part : child.children())
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
          result.text += part.value();
        else if (part.type() == pugi::node_element)
          spoil("the element `" + std::string(part.name()) + "` stands in a text", line(part));
      result.line = line(child);
    } else if (beside.empty() || local(child) != beside) {
      unexpected(child);
    }
  const std::string language = attribute(node, "expressionLanguage");
  if (language.empty())
    result.language = default_language_;
  else if (!is_feel(language))
    result.language = language;
  return result;
}

VariableDecl DocumentReader::variable(pugi::xml_node node) {
  VariableDecl result;
  name(node, result);
  result.type_ref = type_ref(node);
  return result;
}

std::string DocumentReader::type_ref(pugi::xml_node node, const char *key) {
  return qualified(trimmed(attribute(node, key)), node);
}

std::string DocumentReader::qualified(std::string name, pugi::xml_node node) {
  if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
    const std::string prefix = name.substr(0, colon);
    for (pugi::xml_node at = node; at && at.parent().type() == pugi::node_element; at = at.parent())
      if (const auto uri = at.attribute(("xmlns:" + prefix).c_str())) {
        if (std::pair<std::string, std::string> own{prefix, uri.value()};
            std::find(prefixes_.begin(), prefixes_.end(), own) == prefixes_.end())
          prefixes_.push_back(std::move(own));
        break;
      }
  }
  return name;
}

Reference DocumentReader::reference(pugi::xml_node node) {
  const std::string href = trimmed(attribute(node, "href"));
  Reference result;
  result.line = line(node);
  const std::size_t hash = href.rfind('#');
  if (hash != std::string::npos)
    result.model_namespace = href.substr(0, hash);
  result.id = hash == std::string::npos ? href : href.substr(hash + 1);
  if (result.id.empty())
    find("a reference has no id in its href", result.line);
  return result;
}

void DocumentReader::requirement(pugi::xml_node node,
                                 std::initializer_list<std::pair<std::string_view, std::vector<Reference> *>> into) {
  for (const auto &child : node.children()) {
    bool taken = false;
    for (const auto &[key, list] : into)
      if (local(child) == key) {
        list->push_back(reference(child));
        taken = true;
      }
    if (!taken)
      unexpected(child);
  }
}

} // namespace spie::dmn
