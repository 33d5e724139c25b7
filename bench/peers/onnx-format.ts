/**
 * As much of the ONNX format (a protobuf, https://github.com/onnx/onnx/blob/main/onnx/onnx.proto) as one small graph needs. The numbers
 * before the values are the schema's field numbers.
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** Integers in groups of seven bits, the lowest first. */
function varint(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

function join(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const integer = (field: number, value: number): Bytes => join([varint(field * 8), varint(value)]);
const float = (field: number, value: number): Bytes =>
  join([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)]);
const bytes = (field: number, value: Bytes): Bytes =>
  join([varint(field * 8 + 2), varint(value.length), value]);
const text = (field: number, value: string): Bytes => bytes(field, new TextEncoder().encode(value));
const message = (field: number, parts: readonly Bytes[]): Bytes => bytes(field, join(parts));

const FLOAT = 1;
const INT64 = 7;
const TYPES = {float: FLOAT, int32: 6, int64: INT64} as const;
const INT_ATTRIBUTE = 2;
const FLOAT_ATTRIBUTE = 1;
const STRING_ATTRIBUTE = 3;

/** An attribute: integers and strings by their type, a float wrapped. */
export type Attribute = number | string | {float: number};

function attribute(name: string, value: Attribute): Bytes {
  const parts =
    typeof value === 'number'
      ? [integer(3, value), integer(20, INT_ATTRIBUTE)]
      : typeof value === 'string'
        ? [text(4, value), integer(20, STRING_ATTRIBUTE)]
        : [float(2, value.float), integer(20, FLOAT_ATTRIBUTE)];
  return message(5, [text(1, name), ...parts]);
}

/** A size, or the name of one that is known only when the model runs. */
export type Dimension = number | string;

/** Builds a graph node by node; a value is known by its name. */
export class OnnxGraph {
  private readonly parts: Bytes[] = [];
  private names = 0;

  /** @returns the names of its outputs */
  node(
    operation: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    {outputs = [`${operation}_${this.names++}`], domain = ''}: {outputs?: string[]; domain?: string} = {},
  ): string[] {
    this.parts.push(
      message(1, [
        ...inputs.map((name) => text(1, name)),
        ...outputs.map((name) => text(2, name)),
        text(4, operation),
        ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
        text(7, domain),
      ]),
    );
    return outputs;
  }

  /** A constant. */
  weight(name: string, shape: readonly number[], data: Float32Array<ArrayBuffer>): string {
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.parts.push(
      message(5, [...shape.map((size) => integer(1, size)), integer(2, FLOAT), text(8, name), bytes(9, raw)]),
    );
    return name;
  }

  /** A constant list of sizes. */
  sizes(name: string, values: readonly number[]): string {
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    this.parts.push(message(5, [integer(1, values.length), integer(2, INT64), text(8, name), bytes(9, raw)]));
    return name;
  }

  input(name: string, type: keyof typeof TYPES, shape: readonly Dimension[]): string {
    this.parts.push(this.valueInfo(11, name, type, shape));
    return name;
  }

  output(name: string, type: keyof typeof TYPES, shape: readonly Dimension[]): string {
    this.parts.push(this.valueInfo(12, name, type, shape));
    return name;
  }

  /** The model as the bytes of a .onnx file. */
  model(): Bytes {
    const opset = (domain: string, version: number) => message(8, [text(1, domain), integer(2, version)]);
    return join([
      integer(1, 9), // the format's version
      message(7, [...this.parts, text(2, 'gpt')]),
      opset('', 20),
      opset('com.microsoft', 1),
    ]);
  }

  private valueInfo(
    field: number,
    name: string,
    type: keyof typeof TYPES,
    shape: readonly Dimension[],
  ): Bytes {
    const dimensions = shape.map((size) =>
      message(1, [typeof size === 'number' ? integer(1, size) : text(2, size)]),
    );
    const tensor = message(1, [integer(1, TYPES[type]), message(2, dimensions)]);
    return message(field, [text(1, name), message(2, [tensor])]);
  }
}
