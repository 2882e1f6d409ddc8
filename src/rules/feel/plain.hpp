// What most of a FEEL text is made of, told without decoding it.
#pragma once

namespace spie::feel {

// ASCII that is no white space and begins no comment: nothing is to be passed over where it stands.
constexpr bool is_plain(char c) noexcept { return c > ' ' && c < 0x7F && c != '/'; }

} // namespace spie::feel
