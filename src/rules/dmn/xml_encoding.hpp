// Documents that are not UTF-8: every reader of XML must read UTF-16 (XML 1.0, 4.3.3), and older tools declare
// ISO-8859-1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spie::dmn {

// The document in UTF-8, its declaration without its encoding; nullopt when it is to be read as it is, be it right or
// wrong. UTF-16 by its byte order mark or by its first two bytes; ISO-8859-1, windows-1252 by the declaration.
std::optional<std::string> utf8_of_xml(std::string_view bytes);

} // namespace spie::dmn
