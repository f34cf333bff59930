-- What a product looks like and in which currency it is sold. The new columns rewrite no row; the checks read the table
-- of products, which is short.
ALTER TABLE products
    ADD COLUMN description text,
    ADD COLUMN image_url text,    -- https, or a path of the shop
    ADD COLUMN illustration text, -- the name of one of the shop's drawn pictures, shown if there is no image
    ADD COLUMN currency char(3) NOT NULL DEFAULT 'USD', -- of the price, and of each reservation's unit_price
    ADD CONSTRAINT products_description_in_range CHECK (length(description) BETWEEN 1 AND 2000),
    ADD CONSTRAINT products_image_url_https_or_path
        CHECK (image_url ~ '^(https:/)?/[^/\\]' AND length(image_url) <= 2000),
    ADD CONSTRAINT products_illustration_name CHECK (illustration ~ '^[a-z]+(-[a-z]+)*$' AND length(illustration) <= 40),
    ADD CONSTRAINT products_currency_code CHECK (currency ~ '^[A-Z]{3}$');

-- The sample products keep the pictures that the shop chose by their names until now.
UPDATE products SET illustration = drawn.illustration
FROM (VALUES
    ('550e8400-e29b-41d4-a716-446655440000'::uuid, 'phone-triple'),
    ('550e8400-e29b-41d4-a716-446655440001', 'phone-stylus'),
    ('550e8400-e29b-41d4-a716-446655440002', 'laptop'),
    ('550e8400-e29b-41d4-a716-446655440003', 'headphones'),
    ('550e8400-e29b-41d4-a716-446655440004', 'tablet'),
    ('550e8400-e29b-41d4-a716-446655440005', 'earbuds')
) AS drawn (id, illustration)
WHERE products.id = drawn.id;
