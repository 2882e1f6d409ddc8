// A proof put into the text of a document, of which every other byte is kept.
#pragma once

#include <string>
#include <string_view>

namespace spie::credentials {

// `text`: a JSON object that was read already; `proof`: the text of one. It becomes the member "proof", or joins those
// that stand there.
std::string with_proof(std::string_view text, std::string_view proof);
// The same for any member that holds one object or a list of them.
std::string with_item(std::string_view text, std::string_view member, std::string_view item);

} // namespace spie::credentials
