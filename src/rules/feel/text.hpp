// The characters of FEEL (DMN 1.5 §10.3.1.2, rules 27 to 62): white space, comments, names, read from UTF-8.
#pragma once

#include "text/encoding.hpp"

#include <cstddef>
#include <string_view>

namespace spie::feel {

bool is_space(char32_t c) noexcept;
bool is_name_start(char32_t c) noexcept;
bool is_name_part(char32_t c) noexcept;
// . / - ' + * and the typographic apostrophe: they may stand inside a name.
bool is_name_symbol(char32_t c) noexcept;

// The first position at or after `position` that is neither white space nor comment; a comment without its end runs to
// the end of the text.
std::size_t skip_space(std::string_view text, std::size_t position) noexcept;
// The end of the run of name parts at `position`; `position` itself when there is none.
std::size_t word_end(std::string_view text, std::size_t position) noexcept;

bool is_keyword(std::string_view word) noexcept;

// For messages: "an input", "a date"; "1 argument", "2 arguments".
std::string with_article(std::string_view noun);
std::string counted(std::size_t count, std::string_view noun, std::string_view plural = {});

} // namespace spie::feel
