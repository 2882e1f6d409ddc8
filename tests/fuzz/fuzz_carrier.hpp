// An image, whatever its bytes: it is refused with a finding, or it gives its badge; what is baked into it comes out.
#pragma once

#include "tests/fuzz/fuzz.hpp"

#include "credentials/carrier.hpp"
#include "spie/diagnostic.hpp"

#include <string>

namespace spie::fuzz {

inline void carry(const std::string &image) {
  static const std::string badge =
      R"({"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context.json"], "a": "é"})";
  bool carried = false;
  try {
    const credentials::Extracted found = credentials::extract(image);
    carried = found.form == credentials::Form::png || found.form == credentials::Form::svg;
    promise(found.bytes.size() <= credentials::most_badge_bytes, "a badge is bounded");
  } catch (const Error &) {
  }
  try {
    const std::string baked = credentials::bake(image, badge, true);
    promise(credentials::extract(baked).bytes == badge, "what is baked comes out");
    promise(credentials::bake(baked, badge, true).size() == baked.size(), "baking again changes nothing");
  } catch (const Error &) {
    promise(!carried, "an image that carries a badge can be baked");
  }
}

} // namespace spie::fuzz
