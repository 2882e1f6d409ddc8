#include "credentials/jsonld/iri.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials::jsonld {

namespace {

constexpr std::array<std::string_view, 23> keywords{
    "@base",      "@container", "@context",  "@direction", "@graph", "@id",      "@import", "@included",
    "@index",     "@json",      "@language", "@list",      "@nest",  "@none",    "@prefix", "@propagate",
    "@protected", "@reverse",   "@set",      "@type",      "@value", "@version", "@vocab"};

bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Where the scheme ends (its colon), or npos.
std::size_t scheme_end(std::string_view text) noexcept {
  if (text.empty() || !is_letter(text.front()))
    return std::string_view::npos;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':')
      return i;
    if (!is_letter(text[i]) && !(text[i] >= '0' && text[i] <= '9') && text[i] != '+' && text[i] != '-' &&
        text[i] != '.')
      return std::string_view::npos;
  }
  return std::string_view::npos;
}

struct Parts {
  std::string_view scheme, authority, path, query, fragment; // with their marks: "https:", "//a.fr", "?q", "#f"
};

Parts parts_of(std::string_view text) {
  Parts parts;
  const auto cut = [&](std::string_view &into, std::size_t length) {
    into = text.substr(0, length);
    text.remove_prefix(into.size());
  };
  if (const std::size_t end = scheme_end(text); end != std::string_view::npos)
    cut(parts.scheme, end + 1);
  if (text.starts_with("//"))
    cut(parts.authority, std::min(text.find_first_of("/?#", 2), text.size()));
  cut(parts.path, std::min(text.find_first_of("?#"), text.size()));
  cut(parts.query, std::min(text.find('#'), text.size()));
  parts.fragment = text;
  return parts;
}

std::string without_dots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./")) {
      path.remove_prefix(2);
    } else if (path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.starts_with("/../") || path == "/..") {
      path = path.size() == 3 ? "/" : path.substr(3);
      out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const std::size_t end = std::min(path.find('/', 1), path.size());
      out += path.substr(0, end);
      path.remove_prefix(end);
    }
  }
  return out;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts)
    out += part;
  return out;
}

} // namespace

bool is_absolute(std::string_view text) noexcept {
  if (scheme_end(text) == std::string_view::npos)
    return false;
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
  });
}

bool is_keyword(std::string_view text) noexcept {
  return text.starts_with('@') && std::binary_search(keywords.begin(), keywords.end(), text);
}

bool looks_keyword(std::string_view text) noexcept {
  return text.size() > 1 && text[0] == '@' && std::all_of(text.begin() + 1, text.end(), is_letter);
}

std::string resolve(std::string_view base, std::string_view reference) {
  if (base.empty())
    return std::string(reference);
  const Parts from = parts_of(base), to = parts_of(reference);
  if (!to.scheme.empty())
    return joined({to.scheme, to.authority, without_dots(to.path), to.query, to.fragment});
  if (!to.authority.empty())
    return joined({from.scheme, to.authority, without_dots(to.path), to.query, to.fragment});
  if (to.path.empty())
    return joined({from.scheme, from.authority, from.path, to.query.empty() ? from.query : to.query, to.fragment});
  if (to.path.starts_with('/'))
    return joined({from.scheme, from.authority, without_dots(to.path), to.query, to.fragment});
  const std::size_t last = from.path.rfind('/');
  std::string merged = from.path.empty() && !from.authority.empty()
                           ? "/"
                           : std::string(from.path.substr(0, last == std::string_view::npos ? 0 : last + 1));
  merged += to.path;
  return joined({from.scheme, from.authority, without_dots(merged), to.query, to.fragment});
}

} // namespace spie::credentials::jsonld
