#include "credentials/carrier/deflate.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <zlib.h>

namespace spie::credentials {

namespace {

constexpr int window = 15; // the largest, which reads all
constexpr int with_gzip = 16;

Bytef *input_of(std::string_view bytes) {
  return reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data())); // zlib does not write there
}

struct Inflating {
  explicit Inflating(Container container) {
    if (inflateInit2(&stream, container == Container::gzip ? window + with_gzip : window) != Z_OK)
      throw std::bad_alloc();
  }
  ~Inflating() { inflateEnd(&stream); }
  Inflating(const Inflating &) = delete;
  Inflating &operator=(const Inflating &) = delete;
  z_stream stream{};
};

struct Deflating {
  Deflating() {
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window + with_gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Deflating() { deflateEnd(&stream); }
  Deflating(const Deflating &) = delete;
  Deflating &operator=(const Deflating &) = delete;
  z_stream stream{};
};

} // namespace

Inflated inflated(std::string_view bytes, Container container, std::size_t most) {
  using State = Inflated::State;
  if (bytes.size() > std::numeric_limits<uInt>::max())
    return {State::too_long, {}};
  Inflating one(container);
  one.stream.next_in = input_of(bytes);
  one.stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  char piece[16 << 10];
  for (;;) {
    one.stream.next_out = reinterpret_cast<Bytef *>(piece);
    one.stream.avail_out = sizeof piece;
    const int result = inflate(&one.stream, Z_NO_FLUSH);
    const std::size_t count = sizeof piece - one.stream.avail_out;
    if (count > most - text.size())
      return {State::too_long, {}};
    text.append(piece, count);
    switch (result) {
    case Z_STREAM_END:
      return one.stream.avail_in == 0 ? Inflated{State::whole, std::move(text)} : Inflated{State::ill_formed, {}};
    case Z_OK:
      if (count == 0 && one.stream.avail_in == 0)
        return {State::cut, {}};
      break;
    case Z_BUF_ERROR:
      return {State::cut, {}};
    case Z_MEM_ERROR:
      throw std::bad_alloc();
    default:
      return {State::ill_formed, {}};
    }
  }
}

std::string gzipped(std::string_view text) {
  Deflating one;
  gz_header header{};
  header.os = 255; // unknown
  deflateSetHeader(&one.stream, &header);
  std::string bytes(deflateBound(&one.stream, static_cast<uLong>(text.size())), '\0');
  one.stream.next_in = input_of(text);
  one.stream.avail_in = static_cast<uInt>(text.size());
  one.stream.next_out = reinterpret_cast<Bytef *>(bytes.data());
  one.stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&one.stream, Z_FINISH); // the bound holds all of it
  bytes.resize(bytes.size() - one.stream.avail_out);
  return bytes;
}

std::uint32_t crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, input_of(bytes), bytes.size()));
}

} // namespace spie::credentials
