// A QR code for a badge: too small for the badge itself, it says where it is, which one it is, and the hash of its
// bytes, so that whoever fetches it knows that it is the one that was shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace spie::credentials {

// The modules of a symbol, without the light margin of four modules that must stand around it.
struct QrMatrix {
  int side = 0;
  std::string modules; // '1' dark, '0' light, row by row

  bool dark(int x, int y) const {
    return modules[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)] == '1';
  }
};

// ISO/IEC 18004, bytes, level M of correction. Throws Refusal B012 for more text than a symbol holds, B011 for none.
QrMatrix qr_matrix(std::string_view text);

struct QrReference {
  std::string address; // https, without a fragment
  std::string id;      // of the badge
  std::string sha256;  // of its bytes, 64 hexadecimal digits
};

// "ADDRESS#id=…&sha256=…": a telephone opens the address, and what is after '#' is not sent there. Throws Refusal B011
// for an address that is not https or has a fragment.
std::string qr_text(std::string_view address, std::string_view id, std::string_view badge);

// Nothing for a text that is no such reference.
std::optional<QrReference> read_qr_text(std::string_view text);

} // namespace spie::credentials
