#include "rules/dmn/xml_guard.hpp"

#include "text/encoding.hpp"

#include <algorithm>
#include <array>

namespace spie::dmn {

namespace {

struct Scan {
  std::string_view text;
  feel::Loading &loading;

  std::uint32_t line_at(std::size_t position) const {
    return 1 + static_cast<std::uint32_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
  }
  XmlFault fault(std::string message, std::size_t position) const {
    return {std::move(message), line_at(std::min(position, text.size()))};
  }
  bool starts(std::size_t position, std::string_view what) const { return text.substr(position, what.size()) == what; }

  // A reference other than those XML itself defines could only come from a document type.
  std::optional<XmlFault> check_reference(std::size_t position) const {
    const std::size_t end = text.substr(0, position + 16).find(';', position);
    const std::string_view name =
        end == std::string_view::npos ? std::string_view() : text.substr(position + 1, end - position - 1);
    constexpr std::array<std::string_view, 5> known{"amp", "lt", "gt", "quot", "apos"};
    if (std::find(known.begin(), known.end(), name) != known.end() ||
        (name.size() > 1 && name.size() < 12 && name[0] == '#'))
      return std::nullopt;
    return fault("an entity that XML does not define is refused", position);
  }

  std::optional<XmlFault> check_references(std::size_t from, std::size_t to) const {
    const std::string_view part = text.substr(0, to); // a search to the end of the text each time would be quadratic
    for (std::size_t at = part.find('&', from); at != std::string_view::npos; at = part.find('&', at + 1))
      if (auto found = check_reference(at))
        return found;
    return std::nullopt;
  }

  std::optional<XmlFault> run() {
    const int depth_limit = loading.limits().depth;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.substr(0, 2).find('\0') != text.npos)
      return fault("the document is UTF-16, which is not read here: save it as UTF-8", 0);
    if (const auto wrong = utf8_fault(text))
      return fault("the document is not text of the encoding it declares (UTF-8 when none): save it as UTF-8", *wrong);
    int depth = 0;
    std::size_t position = 0;
    while (position < text.size()) {
      const std::size_t open = std::min(text.find('<', position), text.size());
      if (auto found = check_references(position, open))
        return found;
      if (open == text.size())
        break;
      std::string_view closing = ">";
      if (starts(open, "<!--"))
        closing = "-->";
      else if (starts(open, "<![CDATA["))
        closing = "]]>";
      else if (starts(open, "<?"))
        closing = "?>";
      else if (starts(open, "<!"))
        return fault("a document type is refused", open);
      if (closing != ">") {
        const std::size_t end = text.find(closing, open + 2);
        if (end == std::string_view::npos)
          return fault("a comment, instruction or CDATA section has no end", open);
        if (starts(open, "<?xml ")) {
          const std::string_view declaration = text.substr(open, end - open);
          const std::size_t at = declaration.find("encoding=");
          if (at != std::string_view::npos) {
            std::string name(declaration.substr(at + 10, 6));
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
              return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
            });
            if (name.substr(0, 5) != "utf-8" && name != "us-asc")
              return fault("the document declares an encoding that is not read: save it as UTF-8", open);
          }
        }
        position = end + closing.size();
        continue;
      }
      std::size_t end = open + 1;
      for (char quote = 0; end < text.size() && (quote != 0 || text[end] != '>'); ++end) {
        if (quote == 0 && (text[end] == '"' || text[end] == '\''))
          quote = text[end];
        else if (text[end] == quote)
          quote = 0;
      }
      if (end >= text.size())
        return fault("a tag has no end", open);
      if (auto found = check_references(open, end))
        return found;
      if (text[open + 1] == '/') {
        --depth;
      } else if (text[end - 1] != '/' && ++depth > depth_limit) {
        XmlFault deep = fault("elements are nested more than " + std::to_string(depth_limit) + " levels deep", open);
        deep.limit = "depth";
        return deep;
      } else if (!loading.step()) {
        return fault({}, open);
      }
      position = end + 1;
    }
    return std::nullopt;
  }
};

} // namespace

std::optional<XmlFault> check_xml(std::string_view text, feel::Loading &loading) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF")
    text.remove_prefix(3);
  return Scan{text, loading}.run();
}

} // namespace spie::dmn
