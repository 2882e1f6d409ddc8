// A proof, or an endorsement, put into the text of a document, of which every other byte is kept.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spie::credentials {

// `text`: a JSON object that was read already; `proof`: the text of one. It becomes the member "proof", or joins those
// that stand there.
std::string with_proof(std::string_view text, std::string_view proof);
// The same for any member that holds one value or a list of them.
std::string with_item(std::string_view text, std::string_view key, std::string_view item);
// `item`: the text of a value, which joins the list under that key of the object at that path, from the document on, or
// begins it. The objects of the path are there.
std::string with_item(std::string_view text, std::span<const std::string_view> path, std::string_view key,
                      std::string_view item);

} // namespace spie::credentials
